"""Late days: the line that claims them, what is granted, the ledger, and what they move."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staff.cli import app
from staff.collect import Collection, collect
from staff.config import Course, load_course
from staff.database import reading
from staff.deadlines import deadline
from staff.events import Event, in_force, read_events
from staff.handed_in import StudentCell
from staff.intake import load_master, read_all
from staff.late_days import Ruling, claimed, event_of, ledger, moved, own_due_dates, ruling
from staff.standing import standing
from tests.staff.class_of import attempt, event, small_course
from tests.staff.hand_ins import MODULE, canvas, notebook, tree, write_roster, zipped
from tests.staff.tiny import COURSE

DUE = datetime(2020, 9, 4, 21, 59, tzinfo=UTC)
NOTHING: list[Event] = []


def cmu(days: int = 5, most: int = 2) -> Course:
    course = small_course()
    late = course.policies.late.model_copy(update={"late_days": days, "max_per_assignment": most})
    return course.model_copy(update={"policies": course.policies.model_copy(update={"late": late})})


def rule(hours: float, claim: int, events: list[Event] = NOTHING, course: Course | None = None, module: str = "m1") -> Ruling:
    course = course or cmu()
    one = course.module(module)
    return ruling(course, one, deadline(course, one.id) + timedelta(hours=hours), claim, events)


def used(module: str, days: int, number: int = 9) -> Event:
    return event("late days", str(days), item=module, number=number)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I am using 2 of my late days", 2), ("# Title\n\nI am using 1 of my late days.", 1), ("i'm using two late days", 2), 
        ("I am using a late day", 1), ("I am using 3 late-days", 3),
        ("I am using my laptop", 0), ("You are using 2 of my late days", 0), ("I am using 2 of my late nights", 0),
    ],
)  # fmt: skip
def test_the_line_that_claims(text: str, days: int) -> None:
    assert claimed([StudentCell("markdown", text)]) == days


def test_the_line_stands_at_the_top() -> None:
    cells = [StudentCell("markdown", "text")] * 5
    line = StudentCell("code", "# I am using 2 of my late days")
    assert claimed([*cells[:4], line]) == 2 and claimed([*cells, line]) == 0


def test_what_is_granted_is_what_is_needed() -> None:
    assert (rule(-1, 2).days, rule(1, 1).days, rule(24, 1).days, rule(24.1, 2).days, rule(1, 2).days) == (0, 1, 1, 2, 1)
    assert rule(24, 1).until == DUE + timedelta(days=1) and "none is used" in rule(-1, 2).note
    assert rule(24.1, 1).days == 0 and "is 2 late days late" in rule(24.1, 1).note
    assert rule(1, 0) == Ruling(until=DUE)


def test_what_is_not_there_is_refused() -> None:
    spent = [used("m2_small", 4)]
    assert rule(1, 1, spent).days == 1 and rule(30, 2, spent).days == 0 and "1 late day left" in rule(30, 2, spent).note
    assert "at most 2 late days for one notebook" in rule(60, 3).note
    assert rule(60, 3, course=cmu(5, 0)).days == 3  # no limit for one notebook
    assert "this course has none" in rule(1, 1, course=small_course()).note and rule(1, 1, course=small_course()).days == 0


def test_extensions_come_first_and_late_days_on_top() -> None:
    until = DUE + timedelta(days=3)
    longer = [event("extension", until.isoformat(), item="m1_tiny")]
    assert rule(71, 1, longer).days == 0 and rule(73, 1, longer) == Ruling(until=until + timedelta(days=1), days=1)
    assert moved(cmu(), [*longer, used("m1_tiny", 1)])["m1_tiny"] == until + timedelta(days=1)


def test_of_one_notebook_handed_in_twice_the_most_counts_once() -> None:
    assert ledger(cmu(), "alice", [used("m1_tiny", 1), used("m1_tiny", 2, 10)]).left == 3
    assert rule(25, 2, [used("m1_tiny", 1), used("m2_small", 3)]).days == 2  # the day used before for it is among the two


def test_the_grade_counts_what_late_days_cover() -> None:
    late = attempt("m1_tiny", "2020-09-05 12:00")
    without, with_day = (standing(cmu(), "alice", [late], events) for events in ([], [used("m1_tiny", 1)]))
    assert without.record.notebooks["m1_tiny"].state == "late" and with_day.record.notebooks["m1_tiny"].state == "counts"
    assert standing(cmu(), "alice", [attempt("m1_tiny", "2020-09-06 12:00")], [used("m1_tiny", 1)]).record.notebooks["m1_tiny"].state == "late"


def test_a_ledger_is_never_below_zero() -> None:
    dice = random.Random(8)
    course = cmu(5, 3)
    for _ in range(300):
        events: list[Event] = []
        for number in range(8):
            module = course.modules[dice.randrange(2)]
            when = deadline(course, module.id) + timedelta(hours=dice.uniform(-30, 120))
            found = ruling(course, module, when, dice.randrange(6), events)
            if found.granted:
                events.append(event_of("alice", module, found.days, when).model_copy(update={"number": number}))
                assert when <= found.until and found.days <= 3
        assert ledger(course, "alice", events).left >= 0


@pytest.fixture
def root(tiny_course: Path, empty_gradebook: Path) -> Path:
    shutil.copyfile(empty_gradebook, tiny_course / "gradebook.db")
    (tiny_course / "course.yml").write_text(COURSE.replace("{late_days: 0, max_per_assignment: 0}", "{late_days: 5, max_per_assignment: 2}"))
    write_roster(tiny_course)
    return tiny_course


TINY_DUE = datetime(2026, 9, 4, 21, 59, tzinfo=UTC)


def hand_in(root: Path, name: str, hours: float, top: str) -> Collection:
    data = zipped(notebook(top=top))
    return collect(load_course(root), root, "m1", str(canvas(root.parent / "s.zip", {name: data}, TINY_DUE + timedelta(hours=hours))))


def test_collecting_grants_logs_and_tells(root: Path) -> None:
    done = hand_in(root, "ek_LATE_101_1_m1_tiny.zip", 20, "I am using 1 of my late days")
    assert done.students[0].ruling and done.students[0].ruling.days == 1
    before = tree(root)
    hand_in(root, "ek_LATE_101_1_m1_tiny.zip", 20, "I am using 1 of my late days")
    assert tree(root) == before
    course = load_course(root)
    with reading(course, root) as connection:
        log = read_events(connection)
    assert [(one.kind, one.student, one.item, one.value) for one in log] == [("late days", "alice", MODULE, "1")]
    assert own_due_dates(course, root, course.module("m1")) == {"alice": TINY_DUE + timedelta(days=1)}
    (submission,) = read_all(root, load_master(course, root, "m1"), TINY_DUE, moved=own_due_dates(course, root, course.module("m1")))
    assert not submission.findings
    (text,) = [path.read_text() for path in (root / "feedback/alice/m1_tiny").glob("receipt-*.txt")]
    assert "in time (due 05 Sep 2026, 23:59, with 1 late day)" in text
    shown = CliRunner().invoke(app, ["late-days", "--root", str(root)])
    assert "alice" in shown.output and "m1_tiny 1" in shown.output and "4" in shown.output


def test_what_the_team_took_back_stays_taken_back(root: Path) -> None:
    hand_in(root, "ek_LATE_101_1_m1_tiny.zip", 20, "I am using 1 of my late days")
    done = CliRunner().invoke(app, ["record", "withdraw", "1", "--by", "KM", "--reason", "not claimed in truth", "--root", str(root)])
    assert done.exit_code == 0, done.output
    again = hand_in(root, "ek_LATE_101_1_m1_tiny.zip", 20, "I am using 1 of my late days")
    course = load_course(root)
    with reading(course, root) as connection:
        assert not in_force(read_events(connection))
    assert again.students[0].ruling and not again.students[0].ruling.granted and "taken back" in again.students[0].ruling.note


def test_a_claim_that_is_too_small_uses_nothing(root: Path) -> None:
    hand_in(root, "ek_LATE_101_1_m1_tiny.zip", 30, "I am using 1 of my late days")
    course = load_course(root)
    with reading(course, root) as connection:
        assert not read_events(connection)
    (text,) = [path.read_text() for path in (root / "feedback/alice/m1_tiny").glob("receipt-*.txt")]
    assert "LATE (due 04 Sep 2026, 23:59)" in text and "is 2 late days late: none is used" in text


def test_an_extension_recorded_afterwards_changes_what_is_graded(root: Path) -> None:
    hand_in(root, "ek_101_1_m1_tiny.zip", -5, "first")
    done = hand_in(root, "ek_LATE_101_2_m1_tiny-1.zip", 30, "second")
    assert done.students[0].chosen and done.students[0].chosen.order == 1
    words = ["record", "extension", "alice", "m1", "--until", "2026-09-08", "--by", "KM", "--reason", "ill", "--root", str(root)]
    assert CliRunner().invoke(app, words).exit_code == 0
    again = hand_in(root, "ek_LATE_101_2_m1_tiny-1.zip", 30, "second")
    assert again.students[0].new == 0 and again.students[0].chosen and again.students[0].chosen.order == 2
    assert b"second" in notebook(top="second") and (root / "submitted/alice/m1_tiny/m1_tiny.zip").read_bytes() == zipped(notebook(top="second"))
