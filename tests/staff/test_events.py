"""Recording events: every column is checked before anything is written, nothing is lost, nothing stands twice."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staff.cli import app
from staff.config import CourseError, load_course
from staff.database import reading
from staff.event_checks import Checker, Draft, Wrong
from staff.events import Event, in_force, read_events
from staff.moments import now
from staff.standing import standing_of
from tests.staff.at_once import course_at_once
from tests.staff.class_of import event, small_course
from tests.staff.gradebooks import fill, write_course

STUDENTS = ["alice", "bob", "chen"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_gradebook: Path) -> Path:
    root = tmp_path_factory.mktemp("filled")
    write_course(root, empty_gradebook)
    fill(root, [], STUDENTS)
    return root


@pytest.fixture
def root(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "course"))


def log(root: Path) -> list[Event]:
    with reading(load_course(root), root) as connection:
        return read_events(connection)


def course(root: Path, *words: str) -> str:
    """Run the command; what it refuses is raised."""
    done = CliRunner().invoke(app, [*words, "--root", str(root)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def refused(root: Path, *words: str) -> str:
    before = log(root)
    with pytest.raises(CourseError) as error:
        course(root, *words)
    assert log(root) == before
    return str(error.value)


def test_each_kind_is_recorded_with_its_values_and_its_time(root: Path) -> None:
    course(root, "record", "oral", "alice", "1", "--level", "C", "--at", "2020-09-17 14:00", "--by", "KM")
    course(root, "record", "quiz", "alice", "--passed", "--at", "2020-10-10")
    course(root, "record", "video", "alice", "--at", "2020-10-20")
    course(root, "record", "seminar", "alice", "--at", "2020-10-21")
    course(root, "record", "extension", "alice", "m1", "--until", "2020-09-08", "--by", "KM", "--reason", "ill")
    course(root, "record", "override", "alice", "fx", "--by", "KM", "--reason", "case 7")
    course(root, "record", "request", "alice", "B")
    told = [(one.number, one.kind, one.item, one.value) for one in log(root)]
    assert told == [
        (1, "oral", "oral1", "C"), (2, "quiz", "", "passed"), (3, "video", "", "accepted"), (4, "seminar", "", "attended"),
        (5, "extension", "m1_tiny", "2020-09-08T23:59:00+02:00"), (6, "override", "", "Fx"), (7, "request", "", "B"),
    ]  # fmt: skip
    first = log(root)[0]
    assert first.at == datetime(2020, 9, 17, 12, tzinfo=UTC) and first.who == "KM"
    assert datetime.now(UTC) - first.recorded < timedelta(minutes=5)
    shown = course(root, "record", "log")
    assert ("oral1" in shown and "17 Sep 2020 14:00" in " ".join(shown.split())) or "oral" in shown


def test_the_grade_that_follows_is_told_and_so_is_what_does_not_count(root: Path) -> None:
    assert "alice now: F" in course(root, "record", "oral", "alice", "oral2", "--level", "C", "--at", "2020-10-15")
    late = course(root, "record", "quiz", "alice", "--passed", "--at", "2020-10-14")
    assert "does not count: late" in " ".join(late.split())
    assert standing_of(load_course(root), root, "alice").record.quiz is False and len(log(root)) == 2


def test_a_wrong_entry_is_withdrawn_and_both_stay_in_the_log(root: Path) -> None:
    course(root, "record", "oral", "alice", "1", "--level", "C", "--at", "2020-09-17")
    course(root, "record", "withdraw", "1", "--by", "KM", "--reason", "it was bob")
    assert [one.kind for one in log(root)] == ["oral", "withdraw"] and in_force(log(root)) == []
    assert "no entry of that number is in force" in refused(root, "record", "withdraw", "1", "--by", "KM", "--reason", "again")
    course(root, "record", "oral", "alice", "1", "--level", "C", "--at", "2020-09-17")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["oral", "alcie", "1", "--level", "C"], ["student 'alcie'", "did you mean alice"]),
        (["oral", "zoe", "1", "--level", "C"], ["student 'zoe'", "--new"]),
        (["oral", "../alice", "1", "--level", "C"], ["student '../alice'", "can't be a student's id"]),
        (["oral", "alice", "3", "--level", "C"], ["item '3'", "oral1, oral2"]),
        (["oral", "alice", "1", "--level", "B"], ["value 'B'", "F, E, D, C"]),
        (["oral", "alice", "1", "--level", "C", "--at", "17/9"], ["at '17/9'", "2026-09-17"]),
        (["oral", "alice", "1", "--level", "C", "--at", "2120-09-17"], ["at '2120-09-17'", "future"]),
        (["oral", "alice", "1", "--level", "C", "--at", "2019-09-17"], ["at '2019-09-17'", "before the course begins"]),
        (["extension", "alice", "m1", "--until", "2020-09-08", "--by", "KM"], ["reason ''", "a name and a reason"]),
        (["extension", "alice", "m8", "--until", "2020-09-08", "--by", "KM", "--reason", "x"], ["item 'm8'", "m1_tiny, m2_small, oral1"]),
        (["extension", "alice", "m1", "--until", "soon", "--by", "KM", "--reason", "x"], ["value 'soon'", "no time"]),
        (["override", "alice", "G", "--by", "KM", "--reason", "x"], ["value 'G'", "F, Fx, E"]),
        (["override", "alice", "E", "--reason", "x"], ["by ''", "override is logged"]),
        (["withdraw", "7", "--by", "KM", "--reason", "x"], ["item '7'", "record log"]),
    ],
)
def test_what_can_not_be_is_refused_with_column_value_and_remedy(root: Path, words: list[str], said: list[str]) -> None:
    message = refused(root, "record", *words)
    for part in [*said, "nothing was recorded"]:
        assert part in message


def test_the_same_twice_is_refused_and_a_new_student_must_be_meant(root: Path) -> None:
    words = ("record", "oral", "alice", "1", "--level", "C", "--at", "2020-09-17")
    course(root, *words)
    assert "recorded already" in refused(root, *words)
    course(root, "record", "quiz", "zoe", "--passed", "--new")
    course(root, "record", "video", "zoe")
    assert [one.student for one in log(root)] == ["alice", "zoe", "zoe"]


def test_options_before_the_event_are_not_lost_in_silence(root: Path) -> None:
    done = CliRunner().invoke(app, ["record", "--root", str(root), "quiz", "alice", "--passed"])
    assert isinstance(done.exception, CourseError) and "behind the command" in str(done.exception)


FILE = """\
event,student,item,value,at,by,reason
oral,alice,1,C,2020-09-17 14:00,KM,
oral,bob,1,d,2020-09-17 14:30,KM,

quiz,chen,,passed,2020-10-12,,
extension,bob,m2,2020-09-20,2020-09-01,KM,"ill, with a letter"
"""


def test_a_file_of_many_events_and_the_same_file_again(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "orals.csv"
    path.write_text(FILE)
    assert "4 recorded" in course(root, "record", "--from", str(path))
    assert [(one.student, one.item, one.value) for one in log(root)][:3] == [("alice", "oral1", "C"), ("bob", "oral1", "D"), ("chen", "", "passed")]
    assert log(root)[3].reason == "ill, with a letter"
    assert "0 recorded, 4 were there already" in course(root, "record", "--from", str(path))
    assert len(log(root)) == 4


def test_a_file_as_a_spreadsheet_writes_it(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "orals.csv"
    path.write_bytes(b"\xef\xbb\xbf" + b"event;student;at;value\r\nquiz;alice;2020-10-12;passed\r\n")
    assert "1 recorded" in course(root, "record", "--from", str(path))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("bob,1,d", "bob,1,X", ["row 3, column value 'X'", "F, E, D, C"]),
        ("quiz,chen", "quiz,chem", ["row 5, column student 'chem'", "chen"]),
        ("oral,alice", "orl,alice", ["row 2, column event 'orl'", "oral, quiz"]),
        ("2020-10-12", "", ["row 5, column at ''", "empty"]),
        ("2020-10-12", "12.10.2020", ["row 5, column at '12.10.2020'"]),
        ("quiz,chen,,passed", "quiz,chen,m1,passed", ["row 5, column item 'm1'", "leave it empty"]),
        ('"ill, with a letter"', "ill, with a letter", ["row 6", "quotation marks"]),
        ('"ill, with a letter"', '"ill', ["row 6", "broken CSV"]),
        ("event,student,item", "event,name,item", ["row 1", "'name'", "student"]),
        ("event,student,item,value,at", "event,student,item,value,by", ["row 1", "'by' stands twice"]),
    ],
)
def test_one_wrong_row_stops_the_whole_file(root: Path, tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    path = tmp_path / "orals.csv"
    assert old in FILE
    path.write_text(FILE.replace(old, new, 1))
    message = refused(root, "record", "--from", str(path))
    for part in ["orals.csv", *said]:
        assert part in message


def test_all_wrong_rows_are_told_at_once(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "orals.csv"
    path.write_text(FILE.replace("bob,1,d", "bob,1,X").replace("quiz,chen", "quiz,chem"))
    message = refused(root, "record", "--from", str(path))
    assert "row 3" in message and "row 5" in message and "correct 2 of 4 rows" in message


@pytest.mark.parametrize(("name", "said"), [("none.csv", "no such file"), ("empty.csv", "empty"), ("binary.csv", "UTF-8")])
def test_files_that_are_none(root: Path, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00e")
    assert said in refused(root, "record", "--from", str(tmp_path / name))


def test_spaces_around_values_are_no_part_of_them() -> None:
    made = Checker(small_course(), {"alice"}, []).event(Draft(event=" oral ", student=" alice", item="1 ", value=" c ", at=" 2020-09-17 "))
    assert (made.kind, made.student, made.item, made.value) == ("oral", "alice", "oral1", "C")


def test_a_pretended_time_must_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NOW", "2026-10-01T12:00+02:00")
    assert now() == datetime(2026, 10, 1, 10, tzinfo=UTC)
    monkeypatch.setenv("COURSE_NOW", "tomorrow")
    with pytest.raises(CourseError, match="COURSE_NOW = 'tomorrow'"):
        now()


def test_a_withdrawal_must_name_the_right_student() -> None:
    checker = Checker(small_course(), {"alice", "bob"}, [event("quiz", "passed", number=4)])
    with pytest.raises(Wrong, match="entry 4 is about alice"):
        checker.event(Draft(event="withdraw", student="bob", item="4", by="KM", reason="x"))


def at_once(root: Path, count: int) -> list[Event]:
    """So many real processes at once on one SQLite file; what the log holds then."""
    times = [(STUDENTS[k % 3], f"2020-09-17 {k:02d}:00") for k in range(count)]
    several = [["record", "oral", student, "1", "--level", "C", "--at", at, "--root", str(root)] for student, at in times]
    assert course_at_once(several) == [0] * count
    return log(root)


def test_twenty_commands_at_once_lose_nothing_and_write_nothing_twice(root: Path) -> None:
    found = at_once(root, 20)
    assert sorted(one.number for one in found) == list(range(1, 21))
    hours = [(one.student, one.at.astimezone(load_course(root).zone).hour) for one in found]
    assert sorted(hours) == sorted((STUDENTS[k % 3], k) for k in range(20))


def test_commands_at_once_where_there_is_no_gradebook_yet(root: Path) -> None:
    (root / "gradebook.db").unlink()
    for student in STUDENTS:
        (root / "submitted" / student).mkdir(parents=True)
    assert len(at_once(root, 4)) == 4
    with reading(load_course(root), root) as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM alembic_version").scalar() == 1
