"""The answer bank's runner: right answers get everything, wrong ones lose, and nothing can hang or crash the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from staff.answers import AnswerReport, AnswerRow, check_answers, report_table, unneeded
from staff.config import CourseError, load_course
from staff.lint import source_path
from staff.notebook import read_notebook, write_notebook
from staff.outcomes import Outcome
from staff.trials import Graded
from staff.workbench import load_workbench
from tests.staff.tiny import MODULE, write_tiny

SPOILT = {
    "D1/variant_wrong": "# Correct, it says, but is not.\ndef weighted_mean(x, w):\n    return x.sum()\n",
    "D1/mutant_right": "# Wrong, it says, but is right.\ndef weighted_mean(x, w):\n    return (w * x).sum() / w.sum()\n",
    "D1/mutant_hangs": "# Wrong: never comes back.\ndef weighted_mean(x, w):\n    while True:\n        pass\n",
    "D1/mutant_dies": "# Wrong: takes the process down.\ndef weighted_mean(x, w):\n    import os\n    os._exit(3)\n",
    "D1/mutant_typo": "# Wrong: names something unknown.\ndef weighted_mean(x, w):\n    return totle / w.sum()\n",
    "D1/mutant_raises": "# Wrong: does not even run.\nraise ValueError('no')\n",
    "D1/mutant_syntax": "# Wrong: is no Python.\ndef weighted_mean(x, w)\n",
    "D1/mutant_silent": "def weighted_mean(x, w):\n    return x\n",
    "D1/other": "# Neither right nor wrong.\nweighted_mean = abs\n",
    "D7/variant_none": "# Correct for no task.\nweighted_mean = abs\n",
}


def graded(root: Path) -> AnswerReport:
    return check_answers(load_course(root), root, "m1", workers=2, seconds=3)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AnswerReport]:
    root = tmp_path_factory.mktemp("good")
    write_tiny(root)
    return root, graded(root)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> AnswerReport:
    root = tmp_path_factory.mktemp("bad")
    write_tiny(root)
    bank = root / "tests" / "answers" / "m1"
    for name, text in SPOILT.items():
        (bank / f"{name}.py").parent.mkdir(exist_ok=True)
        (bank / f"{name}.py").write_text(text)
    for name in ("E1/mutant_square", "E1/mutant_first"):
        (bank / f"{name}.py").unlink()
    path = source_path(root, MODULE)
    book = read_notebook(path)
    check = next(cell for cell in book.cells if cell.id == "m1-E1-check")
    check.source = "# E1 check: asks for nothing.\nfor _k in []:\n    assert double(_k), 'words'"
    write_notebook(path, book)
    return graded(root)


def row(report: AnswerReport, name: str) -> AnswerRow:
    return next(row for row in report.rows if f"{row.task}/{row.name}" == name)


def test_the_good_bank_is_clean(good: tuple[Path, AnswerReport]) -> None:
    root, report = good
    assert report.all_problems() == []
    assert report.clean
    for entry in report.rows:
        full = entry.kind in ("reference", "variant")
        assert (entry.score == entry.points) is full, entry
    assert {entry.score for entry in report.rows if entry.kind == "blank"} == {0}
    assert row(report, "D1/mutant_detached").says == "Wrong: right value, no gradient."
    assert AnswerReport.model_validate_json((root / "reports" / "answers-m1.json").read_text()) == report
    assert report_table(report).row_count == 3


def test_the_reference_is_tried_alone_and_in_full(good: tuple[Path, AnswerReport]) -> None:
    assert {entry.name for entry in good[1].rows if entry.task == "E0"} == {"reference", "reference_in_full", "blank"}


def test_every_test_counts_its_assertions(good: tuple[Path, AnswerReport]) -> None:
    assert [test.assertions for test in row(good[1], "D1/reference").cells] == [1, 3]


def lost(name: str, *cells: str) -> AnswerRow:
    every = ("m1-D1-check", "m1-D1-hidden", "m1-D1-hidden-more")
    results = [Graded(grade_id=cell, outcome=Outcome.FAILED if cell in cells else Outcome.PASSED) for cell in every]
    return AnswerRow(task="D1", name=name, kind="mutant", says="", cells=results, score=0, points=3, seconds=0)


def test_a_hidden_cell_that_no_mutant_needs_is_a_note(good: tuple[Path, AnswerReport]) -> None:
    assert good[1].notes == []
    rows = [lost("mutant_a", "m1-D1-hidden"), lost("mutant_b", "m1-D1-check", "m1-D1-hidden-more")]
    assert unneeded("D1", rows) == ["m1-D1-hidden-more refuses no mutant that the visible check does not refuse as well"]
    assert unneeded("D1", [*rows, lost("mutant_c", "m1-D1-hidden-more")]) == []


@pytest.mark.parametrize(
    ("name", "outcome", "words"),
    [
        ("D1/variant_wrong", Outcome.FAILED, "m1-D1-check failed: the mean of 1 and 3 is 2"),
        ("D1/mutant_right", Outcome.PASSED, "no test refuses it"),
        ("D1/mutant_hangs", Outcome.TIMEOUT, "m1-D1-check timeout"),
        ("D1/mutant_dies", Outcome.CRASHED, "m1-D1-hidden crashed"),
        ("D1/mutant_typo", Outcome.ERROR, "names something unknown"),
        ("D1/mutant_raises", Outcome.ERROR, "ValueError: no"),
    ],
)
def test_each_fault_has_its_outcome_and_words(bad: AnswerReport, name: str, outcome: Outcome, words: str) -> None:
    found = row(bad, name)
    assert outcome in {test.outcome for test in found.cells}
    assert any(words in problem for problem in found.problems), found.problems


def test_faulty_files_are_named(bad: AnswerReport) -> None:
    text = "\n".join(bad.problems)
    for words in ("D1/mutant_syntax.py: line 2", "D1/mutant_silent.py: the first line", "D1/other.py: the name 'other'", "'D7' is no"):
        assert words in text
    assert "E1 has 0 usable mutants, a code task of tier E needs 2; add 2" in text
    assert not bad.clean


def test_a_test_without_assertions_is_reported(bad: AnswerReport) -> None:
    assert "m1-E1-check ran no assertion" in row(bad, "E1/reference").problems
    assert "m1-E1-check passed on a blank answer" in row(bad, "E1/blank").problems


def test_one_bad_answer_does_not_touch_the_others(bad: AnswerReport) -> None:
    assert row(bad, "D1/variant_dot").problems == []
    assert row(bad, "D1/mutant_plain").problems == []


def test_a_broken_setup_cell_is_a_clear_error(tiny_course: Path) -> None:
    path = source_path(tiny_course, MODULE)
    book = read_notebook(path)
    next(cell for cell in book.cells if cell.id == "imports").source = "raise RuntimeError('set up wrongly')"
    write_notebook(path, book)
    with pytest.raises(CourseError, match=r"setup cell imports raised[\s\S]*set up wrongly"):
        graded(tiny_course)


def test_an_answer_to_an_answer_cell_leaves_the_code_as_it_is() -> None:
    root = Path(__file__).parents[2]
    master = load_workbench(root, load_course(root).module("m3"))
    trial = master.trial("D1", "mutant_x", "# Wrong mode.\nmode_x = 1.0\n")
    sources = {cell.name: cell.source for cell in trial.solutions}
    assert "mode_x = 1.0" in sources["m3-D1-answer-mode"] and "slogdet" in sources["m3-D1-code"]
    trial = master.trial("D1", "mutant_y", "# No code.\ndef pushforward_log_prob(x, inverse, base_log_prob):\n    return x\n")
    sources = {cell.name: cell.source for cell in trial.solutions}
    assert "return x" in sources["m3-D1-code"] and "math.exp(-1)" in sources["m3-D1-answer-mode"]
