"""The stock engine: every submission gets an outcome for every cell, and none stops another. One real nbgrader run for all cases."""

from __future__ import annotations

import copy
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_notebook, new_output

from staff.config import Course, CourseError, load_course
from staff.engine import READ, ungraded
from staff.grading import autograde, read_report, report_path, write_report
from staff.intake import Master, Submission, load_master
from staff.notebook import read_notebook, write_notebook, write_text
from staff.outcomes import FindingKind, Outcome, Result
from staff.stock_outcomes import read_outcomes
from tests.staff.tiny import COURSE, MODULE, cell

PASSED, FAILED, ERROR = Outcome.PASSED, Outcome.FAILED, Outcome.ERROR
NONE, CRASHED, TIMEOUT, MANUAL = Outcome.NOT_ATTEMPTED, Outcome.CRASHED, Outcome.TIMEOUT, Outcome.MANUAL
CELLS = ["m1-E0-check-disclosure", "m1-E1-check", "m1-E1-hidden", "m1-E1-reflect", "m1-D1-check", "m1-D1-hidden"]

HIDDEN = """\
# D1 hidden tests: other numbers.
### BEGIN HIDDEN TESTS
assert mean([123456.5, 0.5]) == 61728.5, "large numbers"
### END HIDDEN TESTS"""
TRAIN = "shift = 0.0  # what takes long\nprint('trained')"
SEVEN = "# E1 hidden tests: another.\n### BEGIN HIDDEN TESTS\nassert double(7) == 14, 'seven'\n### END HIDDEN TESTS"
RIGHT = {
    "m1-E0-answer-disclosure": 'ai_use = "none"',
    "m1-E1-code": "def double(x):\n    return 2 * x",
    "m1-E1-reflect": "Sums come out unchanged.",
    "m1-D1-code": "def mean(x):\n    return sum(x) / len(x)",
}
WRONG = {
    "ada": {},
    "bo": {"m1-D1-code": "def mean(x):\n    return x[0]"},
    "dora": {"m1-D1-code": "import os\nos._exit(0)"},
    "emil": {"m1-D1-code": "def mean(x):\n    while len(x) == 2 and x[0] > 1000:\n        pass\n    return sum(x) / len(x)"},
    "finn": {"m1-D1-code": "def mean(x):\n    return sum(x) / len(x) + shift"},
    "fay": {"m1-E1-code": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"},
}


SHOWN = "trained on my own machine"


def quick_notebook() -> object:
    """E0, E1 and D1 in plain Python, so that a kernel is ready at once."""
    body = "    ### BEGIN SOLUTION\n    return {}\n    ### END SOLUTION"
    cells = [
        cell("### BEGIN SOLUTION\nai_use = 'none'\n### END SOLUTION", "E", grade_id="m1-E0-answer-disclosure"),
        cell("# E0 check: it says something.\nassert len(ai_use) >= 4, 'too short'", "E", grade_id="m1-E0-check-disclosure", points=1),
        cell("def double(x):\n" + body.format("x + x"), "E", grade_id="m1-E1-code"),
        cell("# E1 check: one number.\nassert double(1) == 2, f'double(1) gave {double(1)}'", "E", grade_id="m1-E1-check", points=1),
        cell(SEVEN, "E", grade_id="m1-E1-hidden", points=2),
        cell("Why?\n\n### BEGIN SOLUTION\nIt is linear.\n### END SOLUTION", "E", grade_id="m1-E1-reflect", points=2),
        cell("def mean(x):\n" + body.format("sum(x) / len(x)"), "D", grade_id="m1-D1-code"),
        cell("# D1 check: two numbers.\nassert mean([1, 3]) == 2, f'mean([1, 3]) gave {mean([1, 3])}'", "D", grade_id="m1-D1-check", points=1),
        cell(HIDDEN, "D", grade_id="m1-D1-hidden", points=3),
        cell(TRAIN, "D", "train", slug="m1-train"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "course": {"module": MODULE, "version": "2026.1"}}
    return new_notebook(cells=cells, metadata=metadata)


@dataclass(frozen=True)
class Graded:
    """A graded class and where it lies."""

    root: Path
    course: Course
    master: Master
    results: dict[str, Result]
    told: list[tuple[int, int, str]]

    def outcomes(self, student: str) -> list[Outcome]:
        return [cell.outcome for cell in self.results[student].cells]

    def message(self, student: str, grade_id: str) -> str:
        return next(cell.message for cell in self.results[student].cells if cell.grade_id == grade_id)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    root = tmp_path_factory.mktemp("course")
    write_text(root / "course.yml", COURSE.replace("cell_seconds: 60", "cell_seconds: 5"))
    write_notebook(root / "source" / MODULE / f"{MODULE}.ipynb", quick_notebook())
    course = load_course(root)
    master = load_master(course, root, "m1")
    for student, wrong in WRONG.items():
        notebook = copy.deepcopy(master.notebook)
        notebook.cells[-1].outputs = [new_output("stream", name="stdout", text=SHOWN)]
        for row, known in zip(notebook.cells, master.cells, strict=True):
            row.source = {**RIGHT, **wrong}.get(known.label or "", known.released)
        write_notebook(root / "submitted" / student / MODULE / f"{MODULE}.ipynb", notebook)
    write_text(root / "submitted" / "ada" / MODULE / "timestamp.txt", "2026-09-05 10:00:00 UTC\n")
    write_text(root / "submitted" / "gil" / MODULE / f"{MODULE}.ipynb", "<html>")
    blank = copy.deepcopy(master.notebook)
    for row, known in zip(blank.cells, master.cells, strict=True):
        row.source = known.released
    write_notebook(root / "submitted" / "hana" / MODULE / f"{MODULE}.ipynb", blank)
    told: list[tuple[int, int, str]] = []
    results = autograde(course, root, "m1", engine="nbgrader", progress=lambda *args: told.append(args)).results
    yield Graded(root, course, master, {result.student: result for result in results}, told)


def test_every_submission_has_one_outcome_a_cell(graded: Graded) -> None:
    assert sorted(graded.results) == [*sorted(WRONG), "gil", "hana"]
    assert all([cell.grade_id for cell in result.cells] == CELLS for result in graded.results.values())
    assert [done for done, _, _ in graded.told] == list(range(1, 9)) and {total for _, total, _ in graded.told} == {8}


def test_right_wrong_and_blank(graded: Graded) -> None:
    assert graded.outcomes("ada") == [PASSED, PASSED, PASSED, MANUAL, PASSED, PASSED]
    assert graded.results["ada"].score == 8 and graded.results["ada"].max_score == 10
    assert graded.outcomes("bo") == [PASSED, PASSED, PASSED, MANUAL, FAILED, FAILED]
    assert graded.message("bo", "m1-D1-check") == "mean([1, 3]) gave 1"
    assert graded.message("bo", "m1-D1-hidden") == "large numbers"
    assert graded.outcomes("hana") == [NONE] * 6 and graded.results["hana"].score == 0


def test_an_exception_is_an_error_and_a_hidden_test_tells_its_type_only(graded: Graded) -> None:
    assert graded.outcomes("finn")[4:] == [ERROR, ERROR]
    assert graded.message("finn", "m1-D1-check") == "NameError: name 'shift' is not defined"
    assert graded.message("finn", "m1-D1-hidden") == "the test stopped with NameError"


def test_a_killed_kernel_costs_its_own_task_only(graded: Graded) -> None:
    assert graded.outcomes("dora") == [PASSED, PASSED, PASSED, MANUAL, CRASHED, CRASHED]
    assert "process died" in graded.message("dora", "m1-D1-hidden")


def test_an_endless_loop_is_a_timeout(graded: Graded) -> None:
    assert graded.outcomes("emil") == [PASSED, PASSED, PASSED, MANUAL, PASSED, TIMEOUT]


def test_code_that_kills_the_grading_process_costs_its_own_task_only(graded: Graded) -> None:
    assert graded.outcomes("fay") == [PASSED, CRASHED, CRASHED, MANUAL, PASSED, PASSED]
    assert graded.results["fay"].score == 5


def test_an_unreadable_file_is_not_run(graded: Graded) -> None:
    result = graded.results["gil"]
    assert graded.outcomes("gil") == [NONE] * 6 and result.score == 0 and result.seconds == 0
    assert [finding.kind for finding in result.findings] == [FindingKind.MALFORMED]


def last_cell(graded: Graded, student: str) -> NotebookNode:
    return read_notebook(graded.root / "autograded" / student / MODULE / f"{MODULE}.ipynb").cells[-1]


def test_cells_that_no_test_needs_are_not_run_and_keep_what_was_handed_in(graded: Graded) -> None:
    kept = last_cell(graded, "ada")
    assert kept.source == TRAIN and [output.text for output in kept.outputs] == [SHOWN]


def test_the_whole_notebook_is_run_where_a_name_is_missing(graded: Graded) -> None:
    """finn's answer uses a name of the training cell, which comes too late for it: still a fair run, and a true message."""
    assert graded.outcomes("finn") == [PASSED, PASSED, PASSED, MANUAL, ERROR, ERROR]
    assert [output.text for output in last_cell(graded, "finn").outputs] == ["trained\n"]


def test_results_are_where_nbgrader_looks(graded: Graded) -> None:
    with closing(sqlite3.connect(graded.root / "gradebook.db")) as connection:
        students = {row[0] for row in connection.execute("select id from student")}
        (due,) = connection.execute("select duedate from assignment").fetchone()
        (handed_in,) = connection.execute("select timestamp from submitted_assignment where student_id = 'ada'").fetchone()
    assert students == set(WRONG) | {"hana"}
    assert due.startswith("2026-09-04 21:59") and handed_in.startswith("2026-09-05 10:00")
    executed = read_notebook(graded.root / "autograded" / "ada" / MODULE / f"{MODULE}.ipynb")
    assert any("123456.5" in row.source for row in executed.cells) and executed.cells[1].execution_count
    assert FindingKind.LATE in [finding.kind for finding in graded.results["ada"].findings]
    assert not list(graded.root.glob("submitted/*/*/artifacts")), "submitted/ is only read"


def test_the_report_holds_the_results_and_keeps_other_students(graded: Graded) -> None:
    module = graded.master.module
    assert {result.student: result for result in read_report(graded.root, module)} == graded.results
    again = graded.results["bo"].model_copy(update={"seconds": 99.0})
    write_report(graded.root, module, [again], keep_others=True)
    assert [result.student for result in read_report(graded.root, module)] == sorted(graded.results)
    write_report(graded.root, module, list(graded.results.values()))
    assert json.loads(report_path(graded.root, module).read_text())[0]["student"] == "ada"


def test_a_rerun_of_one_student_regrades(graded: Graded) -> None:
    folder = graded.root / "submitted" / "bo" / MODULE
    (folder / f"{MODULE}.ipynb").write_bytes((graded.root / "submitted" / "ada" / MODULE / f"{MODULE}.ipynb").read_bytes())
    with closing(sqlite3.connect(graded.root / "gradebook.db")) as connection:
        reflection = "select id from base_cell where name = 'm1-E1-reflect'"
        notebook = "select n.id from submitted_notebook n join submitted_assignment a on n.assignment_id = a.id where a.student_id = 'bo'"
        changed = connection.execute(f"update grade set manual_score = 1.5 where cell_id in ({reflection}) and notebook_id in ({notebook})")
        assert changed.rowcount == 1
        connection.commit()
    (result,) = autograde(graded.course, graded.root, "m1", students=["bo"], engine="nbgrader").results
    assert result.score == 9.5, "8 for the tests, and what a person gave stays"
    assert [cell.message for cell in result.cells if cell.outcome is MANUAL] == [READ]
    assert len(read_report(graded.root, graded.master.module)) == 8


def test_nothing_submitted_is_an_error_that_says_where(tiny_course: Path) -> None:
    course = load_course(tiny_course)
    with pytest.raises(CourseError, match=r"no submission of m1_tiny; put each hand-in into submitted/<student>/m1_tiny/"):
        autograde(course, tiny_course, "m1", engine="nbgrader")
    with pytest.raises(CourseError, match="nothing of zoe for m1_tiny"):
        autograde(course, tiny_course, "m1", students=["zoe"], engine="nbgrader")
    with pytest.raises(CourseError, match="--engine magic: no such engine"):
        write_text(tiny_course / "submitted" / "zoe" / MODULE / "x.ipynb", "")
        autograde(course, tiny_course, "m1", engine="magic")


def ran(graded: Graded, label: str, outputs: list[object], score: float) -> Result:
    """What is read from one executed cell, the rest untouched."""
    executed = {cell.label: copy.deepcopy(row) for cell, row in zip(graded.master.cells, graded.master.notebook.cells, strict=True) if cell.label}
    executed[label].outputs, executed[label].execution_count = outputs, 1
    submission = Submission("x", MODULE, graded.master.notebook, attempted={cell.label or "": True for cell in graded.master.answers})
    submission.handed_in = datetime(2026, 9, 1, tzinfo=UTC)
    return read_outcomes(graded.master, submission, executed, {label: {"score": score, "by_hand": False}})


def test_output_on_stderr_is_said_and_left_to_a_person(graded: Graded) -> None:
    result = ran(graded, "m1-D1-check", [new_output("stream", name="stderr", text="UserWarning")], 0.0)
    assert [finding.kind for finding in result.findings] == [FindingKind.ENVIRONMENT]
    assert next(cell for cell in result.cells if cell.grade_id == "m1-D1-check").outcome is FAILED


@pytest.mark.parametrize(
    ("ename", "evalue", "message"),
    [
        ("AssertionError", "large numbers", "large numbers"),
        ("AssertionError", "61728.5 is wanted", "a hidden test failed"),
        ("Leak_61728", "x", "the test stopped with an exception"),
        ("KeyError", "61728.5", "the test stopped with KeyError"),
    ],
)
def test_messages_of_hidden_tests_hold_no_value(graded: Graded, ename: str, evalue: str, message: str) -> None:
    result = ran(graded, "m1-D1-hidden", [new_output("error", ename=ename, evalue=evalue, traceback=[])], 0.0)
    assert next(cell for cell in result.cells if cell.grade_id == "m1-D1-hidden").message == message


def test_a_visible_check_does_not_pass_on_a_hidden_line(graded: Graded) -> None:
    secret = 'assert mean([123456.5, 0.5]) == 61728.5, "large numbers"'
    result = ran(graded, "m1-D1-check", [new_output("error", ename="ValueError", evalue=f"it said {secret}", traceback=[])], 0.0)
    assert "61728" not in next(cell for cell in result.cells if cell.grade_id == "m1-D1-check").message


def test_an_unexecuted_cell_is_no_pass(graded: Graded) -> None:
    """nbgrader gives full points to a test cell without output, even to one that never ran."""
    result = ran(graded, "m1-E1-check", [], 1.0)
    assert next(cell for cell in result.cells if cell.grade_id == "m1-D1-hidden").outcome is CRASHED


def test_ungraded_is_zero_everywhere(graded: Graded) -> None:
    submission = Submission("x", MODULE, graded.master.notebook, attempted={"m1-D1-code": True})
    result = ungraded(graded.master, submission, CRASHED, "why")
    assert [cell.outcome for cell in result.cells] == [NONE, NONE, NONE, NONE, CRASHED, CRASHED] and result.score == 0
