"""Every case of the corpus ends as a right grader ends it, and honest students beside them notice nothing."""

from __future__ import annotations

import fnmatch

import pytest

from staff.outcomes import Outcome
from tests.attacks.case import FOLDER, all_cases
from tests.attacks.conftest import HONEST, Run

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case, run: Run) -> None:
    for student in case.students:
        if student not in run.results:
            pytest.skip("not chosen by ATTACKS")
        (result,) = run.results[student]
        cells = {cell.grade_id[3:]: cell for cell in result.cells}
        assert list(cells) == [cell.label[3:] for cell in run.master.graded if cell.label], "one outcome for every graded cell, in order"
        assert all(fnmatch.filter(cells, pattern) for pattern in case.expect), "EXPECT names cells that there are"
        ended = {name: (cell.outcome.value, cell.message) for name, cell in cells.items()}
        for name, cell in cells.items():
            assert cell.outcome.value in case.wanted(name), (name, ended)
            assert cell.score == (cell.max_score if cell.outcome is Outcome.PASSED else 0.0)
        assert set(case.finds) <= {finding.kind.value for finding in result.findings}, result.findings
        said = " ".join([cell.message for cell in result.cells] + [finding.message for finding in result.findings])
        assert said.isprintable() and "Traceback" not in said and len(said) < 20_000
        for text in [*case.silent, *run.master.secrets]:
            assert text not in said, (text, said)


@pytest.mark.parametrize("student", HONEST)
def test_honest_neighbours_score_what_they_score_alone(student: str, run: Run) -> None:
    (result,) = run.results[student]
    (alone,) = run.alone.values()
    assert [(c.grade_id, c.outcome, c.score, c.message) for c in result.cells] == [(c.grade_id, c.outcome, c.score, c.message) for c in alone.cells]
    assert {cell.outcome for cell in alone.cells} == {Outcome.PASSED, Outcome.MANUAL}
    assert result.findings == []


def test_the_user_sees_no_traceback(run: Run) -> None:
    assert run.said == ""


def test_each_case_says_in_words_what_it_is() -> None:
    for path in FOLDER.glob("a_*.py"):
        assert path.read_text().startswith("# ") and len(path.read_text().splitlines()[0]) > 40, path.name


def test_the_corpus_is_whole() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 70
    assert len({name.split("_")[1] for name in names}) == len(names), "each case has a number of its own"
