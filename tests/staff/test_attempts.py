"""Every graded hand-in is kept: an earlier one, better or in time, still counts after a later one was graded."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from staff.accept import Decision
from staff.config import load_course
from staff.database import reading
from staff.intake import Submission, load_master
from staff.outcomes import CellResult, Outcome, Result
from staff.record import Mark, open_record
from staff.standing import standing_of
from tests.staff.tiny import COURSE

MOST = {"E0-check-disclosure": 1, "E1-check": 1, "E1-hidden": 2, "E1-reflect": 2, "D1-check": 1, "D1-hidden": 3}


@pytest.fixture
def tiny_course(tiny_course: Path, empty_gradebook: Path) -> Path:
    """The tiny course with a gradebook that is there already: making one takes nbgrader seconds."""
    shutil.copyfile(empty_gradebook, tiny_course / "gradebook.db")
    return tiny_course


def save(root: Path, day: int, mark: str, failed: tuple[str, ...] = (), reflect: Outcome = Outcome.MANUAL) -> None:
    """Grade a hand-in of alice of that day of September, as the judge would have."""
    course = load_course(root)
    cells = []
    for name, most in MOST.items():
        outcome = reflect if "reflect" in name else Outcome.FAILED if name in failed else Outcome.PASSED
        score = most if outcome is Outcome.PASSED else 0
        cells.append(CellResult(grade_id=f"m1-{name}", task=name.split("-")[0], outcome=outcome, score=score, max_score=most))
    with open_record(course, root, load_master(course, root, "m1")) as record:
        submission = Submission("alice", "m1_tiny", handed_in=datetime(2026, 9, day, 12, tzinfo=UTC))
        record.save(submission, Result(student="alice", module="m1_tiny", cells=cells), Mark(mark, "tests"))


def read_by_a_person(root: Path, score: float) -> None:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", load_course(root).id) as gradebook:
        grade = gradebook.find_grade("m1-E1-reflect", "m1_tiny", "m1_tiny", "alice")
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()


def notebook(root: Path):  # type: ignore[no-untyped-def]
    return standing_of(load_course(root), root, "alice").record.notebooks["m1_tiny"]


def test_an_attempt_is_read_as_it_was_graded(tiny_course: Path) -> None:
    assert "disclosure" in COURSE
    save(tiny_course, 1, "first")
    assert notebook(tiny_course).missing_e == ("E1",) and notebook(tiny_course).waiting == ("E1",)
    read_by_a_person(tiny_course, 1.0)
    assert notebook(tiny_course).mandatory and notebook(tiny_course).missing_d == ()


def test_an_earlier_attempt_in_time_still_counts_after_a_late_one(tiny_course: Path) -> None:
    save(tiny_course, 1, "first", failed=("D1-hidden",))
    read_by_a_person(tiny_course, 2.0)
    save(tiny_course, 9, "second")
    found = standing_of(load_course(tiny_course), tiny_course, "alice")
    assert found.record.notebooks["m1_tiny"].state == "counts"
    assert found.record.notebooks["m1_tiny"].missing_d == ("D1",), "the late one's D1 does not count"
    assert [entry.counts for entry in found.entries] == [True, False] and "late" in found.warnings[0]


def test_the_best_of_two_attempts_in_time_task_by_task(tiny_course: Path) -> None:
    save(tiny_course, 1, "first", failed=("D1-hidden",))
    read_by_a_person(tiny_course, 2.0)
    save(tiny_course, 2, "second", failed=("E1-hidden",))
    assert notebook(tiny_course).mandatory and notebook(tiny_course).missing_d == ()
    save(tiny_course, 3, "third", failed=("E1-hidden", "E1-check"), reflect=Outcome.NOT_ATTEMPTED)
    assert notebook(tiny_course).missing_e == () and notebook(tiny_course).missing_d == ()


def test_a_hand_in_that_is_graded_again_stays_one_attempt(tiny_course: Path) -> None:
    save(tiny_course, 1, "first", failed=("D1-hidden",))
    save(tiny_course, 1, "first")
    save(tiny_course, 2, "second", failed=("D1-hidden",))
    with reading(load_course(tiny_course), tiny_course) as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM course_attempts")).scalar() == 2
    assert notebook(tiny_course).missing_d == ()


def test_an_accepted_test_counts_in_earlier_attempts_too(tiny_course: Path) -> None:
    save(tiny_course, 1, "first", failed=("D1-hidden",))
    save(tiny_course, 9, "late")
    assert notebook(tiny_course).missing_d == ("D1",)
    course = load_course(tiny_course)
    with open_record(course, tiny_course, load_master(course, tiny_course, "m1")) as record:
        now = datetime(2026, 9, 10, tzinfo=UTC)
        record.decide(Decision(module="m1_tiny", grade_id="m1-D1-hidden", accepted=True, who="KM", why="a wrong test", at=now))
    assert notebook(tiny_course).missing_d == ()


def test_an_old_gradebook_without_attempts_is_read(tiny_course: Path) -> None:
    save(tiny_course, 1, "first")
    course = load_course(tiny_course)
    with open_record(course, tiny_course, load_master(course, tiny_course, "m1")) as record:
        record.gradebook.db.execute(text("DROP TABLE course_attempts"))
        record.gradebook.db.commit()
    assert notebook(tiny_course).missing_d == ()
