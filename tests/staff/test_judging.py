"""The judge's runs: what is recorded, what is graded again, and what a kill leaves behind."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from nbgrader.api import Gradebook

from staff.accept import Decision
from staff.config import CourseError, load_course
from staff.grading import accept_all, autograde, decision_log, read_report
from staff.notebook import blank, read_notebook, write_notebook
from tests.staff.judged import hand_in, rows
from tests.staff.kills import Killer, finish, kept, recorded, write_class_of
from tests.staff.tiny import tiny_notebook, write_tiny


def grade(root: Path, **options):
    return autograde(load_course(root), root, "m1", **options)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class of three, graded."""
    root = tmp_path_factory.mktemp("judging") / "course"
    write_tiny(root)
    hand_in(root, "ada")
    hand_in(root, "bo", {"E1": "mutant_first"})
    hand_in(root, "chen", {"D1": "mutant_detached"})
    return root, grade(root)


def test_scores_are_where_nbgrader_expects_them(graded) -> None:
    root, run = graded
    assert {result.student: result.score for result in run.results} == {"ada": 8, "bo": 6, "chen": 5}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny1") as gradebook:
        found = {row["student"]: (row["score"], row["needs_manual_grade"]) for row in gradebook.submission_dicts("m1_tiny")}
    assert found == {"ada": (8.0, True), "bo": (6.0, True), "chen": (5.0, True)}  # the reflection waits for a person
    notebook = read_notebook(root / "autograded" / "bo" / "m1_tiny" / "m1_tiny.ipynb")
    hidden = next(cell for cell in notebook.cells if cell.id == "m1-E1-hidden")
    assert "BEGIN HIDDEN TESTS" in hidden.source
    assert hidden.outputs[0].ename == "failed"


def test_a_second_run_grades_only_what_was_handed_in_again(graded) -> None:
    root, _ = graded
    assert grade(root).graded == []
    hand_in(root, "bo")
    run = grade(root)
    assert run.graded == ["bo"]
    assert [(c.student, c.grade_id, c.before, c.after) for c in run.changes] == [("bo", "m1-E1-hidden", 0.0, 2.0)]
    hand_in(root, "bo", {"E1": "mutant_first"})
    grade(root)


def test_a_changed_test_is_told_and_regraded_on_request(graded) -> None:
    root, _ = graded
    path = root / "source" / "m1_tiny" / "m1_tiny.ipynb"
    notebook = read_notebook(path)
    for cell in notebook.cells:
        if cell.id == "m1-D1-hidden":
            cell.source = cell.source.replace("### BEGIN HIDDEN TESTS", "### BEGIN HIDDEN TESTS\nassert False, 'nobody passes'", 1)
    write_notebook(path, notebook)
    run = grade(root)
    assert run.graded == []
    assert run.outdated == ["ada", "bo", "chen"]
    run = grade(root, regrade=True)
    assert run.graded == ["ada", "bo", "chen"]
    assert [(c.student, c.grade_id, c.after) for c in run.changes] == [("ada", "m1-D1-hidden", 0.0), ("bo", "m1-D1-hidden", 0.0)]
    write_notebook(path, tiny_notebook())
    grade(root, regrade=True)


def test_a_persons_score_and_comment_survive_a_regrade(graded) -> None:
    root, _ = graded
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny1") as gradebook:
        grade_ = gradebook.find_grade("m1-E1-reflect", "m1_tiny", "m1_tiny", "ada")
        grade_.manual_score, grade_.needs_manual_grade = 1.5, False
        gradebook.find_comment("m1-E1-reflect", "m1_tiny", "m1_tiny", "ada").manual_comment = "well said"
        gradebook.db.commit()
    hand_in(root, "ada", {"E1": "mutant_square"})
    grade(root)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "tiny1") as gradebook:
        assert gradebook.find_grade("m1-E1-reflect", "m1_tiny", "m1_tiny", "ada").manual_score == 1.5
        assert gradebook.find_comment("m1-E1-reflect", "m1_tiny", "m1_tiny", "ada").comment == "well said"


def test_without_a_sandbox_every_result_says_so(tmp_path) -> None:
    write_tiny(tmp_path)
    hand_in(tmp_path, "ada")
    (result,) = grade(tmp_path, sandbox=False).results
    assert result.score == 8
    assert any("without a sandbox" in finding.message for finding in result.findings)


def test_five_kills_leave_the_gradebook_of_an_undisturbed_run(tmp_path) -> None:
    quiet, disturbed = tmp_path / "quiet", tmp_path / "disturbed"
    for root in (quiet, disturbed):
        write_class_of(root, 30)
    assert len(grade(quiet).graded) == 30
    killer = Killer(disturbed, 30, Random(5))
    for phase in ("start", "grading", "recording", "grading", "recording"):
        killer.kill(phase)
    finish(disturbed)
    assert killer.killed == {"start": 1, "grading": 2, "recording": 2}
    assert rows(disturbed) == rows(quiet)
    assert len(recorded(disturbed)) == kept(disturbed) == 30


def test_a_disputed_test_counts_for_everybody_who_answered_it(tmp_path) -> None:
    root = tmp_path / "course"
    write_tiny(root)
    for student, answers in {"ada": {}, "bo": {"E1": "mutant_first"}, "blank": {"E1": "blank"}}.items():
        hand_in(root, student, {task: name for task, name in answers.items() if name != "blank"})
        if "blank" in answers.values():
            path = root / "submitted" / student / "m1_tiny" / "m1_tiny.ipynb"
            notebook = read_notebook(path)
            for cell in notebook.cells:
                cell.source = blank(cell.source) if cell.id == "m1-E1-code" else cell.source
            write_notebook(path, notebook)
    grade(root)
    course = load_course(root)
    decision = Decision(module="m1_tiny", grade_id="m1-E1-hidden", accepted=True, who="kim", why="two readings", at=datetime.now(UTC))
    changes = accept_all(course, root, "m1", decision)
    assert [(c.student, c.grade_id, c.before, c.after) for c in changes] == [("bo", "m1-E1-hidden", 0.0, 2.0)]
    assert scores(root, "m1-E1-hidden") == {"ada": 2.0, "blank": 0.0, "bo": 2.0}
    reported = {r.student: {c.grade_id: c for c in r.cells} for r in read_report(root, course.module("m1"))}
    assert "two readings" in reported["bo"]["m1-E1-hidden"].message
    hand_in(root, "bo", {"E1": "mutant_first", "D1": "mutant_detached"})  # a new hand-in, graded after the decision
    run = grade(root)
    assert scores(root, "m1-E1-hidden")["bo"] == 2.0 and [c.grade_id for c in run.changes] == ["m1-D1-hidden"]
    back = accept_all(course, root, "m1", decision.model_copy(update={"accepted": False, "why": "it had one"}))
    assert [(c.student, c.after) for c in back] == [("bo", 0.0)] and scores(root, "m1-E1-hidden")["bo"] == 0.0
    assert [d.accepted for d in decision_log(course, root, "m1")] == [True, False]
    for wrong in ({"grade_id": "m1-E9-hidden"}, {"who": " "}, {"why": ""}):
        with pytest.raises(CourseError):
            accept_all(course, root, "m1", decision.model_copy(update=wrong))
    assert len(decision_log(course, root, "m1")) == 2


def scores(root: Path, cell: str) -> dict[str, float]:
    """Student -> the automatic score of a cell, as nbgrader has it."""
    return {row[0]: row[2] for row in rows(root) if len(row) == 5 and row[1] == cell}
