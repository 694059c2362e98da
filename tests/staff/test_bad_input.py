"""What people bring wrong: each message names file, row or key, value and remedy, and nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staff.cli import app
from staff.config import CourseError
from tests.staff.hand_ins import canvas, notebook, write_roster, zipped
from tests.staff.tiny import COURSE

pytestmark = pytest.mark.usefixtures("wide")
NOW = "2026-09-08T12:00+02:00"
HEAD = "event,student,item,value,at,by,reason"
TWO = "student,handed_in\nalice,2026-09-02 10:00\n"
MORE_TIME = ["record", "extension", "alice", "--by", "KM", "--reason", "ill"]


@pytest.fixture
def root(tiny_course: Path, empty_gradebook: Path, tmp_path: Path) -> Path:
    shutil.copyfile(empty_gradebook, tiny_course / "gradebook.db")
    write_roster(tiny_course)
    canvas(tmp_path / "canvas.zip", {"ekalice_101_1_m1_tiny.zip": zipped(notebook()), "bob_102_2_m1_tiny.zip": zipped(notebook())})
    told(tiny_course, "record", "seminar", "alice", "--absent", "--new", "--at", "2026-09-01")
    return tiny_course


def told(root: Path, *words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--root", str(root)], env={"COURSE_NOW": NOW})
    if isinstance(done.exception, CourseError):
        return f"refused: {done.exception}"
    assert done.exception is None, done.exception
    return done.output


def everything(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def refused(root: Path, *words: str) -> str:
    """The message; nothing was written."""
    before = everything(root)
    said = told(root, *words)
    assert said.startswith("refused: ") and everything(root) == before
    return said


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ("event,student,item,value,at,by,raeson\n", ["row 1", "'raeson'", "there are event, student"]),
        (f"{HEAD}\noral,alicia,1,C,2026-09-01,KM,\n", ["row 2", "column student 'alicia'", "did you mean alice?"]),
        (f"{HEAD}\noral,ALICE,1,C,2026-09-01,KM,\n", ["column student 'ALICE'", "did you mean alice?"]),
        (f"{HEAD}\nquiz,alice,,passed,2026-09-01,,\nquiz,alice,,passed,2026-08-01,,\n", ["row 3", "'2026-08-01'", "before the course begins"]),
        (f"{HEAD}\nquiz,alice,,passed,17/09/2026,,\n", ["row 2", "column at '17/09/2026'", "write 2026-09-17"]),
        (
            f"{HEAD}\nextension,alice,m1,2026-09-01,2026-09-01,KM,ill\n",
            ["column value '2026-09-01'", "no more time, m1_tiny is due 2026-09-04 23:59"],
        ),
        (f"{HEAD}\nextension,alice,m1,2027-09-20,2026-09-01,KM,ill\n", ["'2027-09-20'", "half a year after the course ends", "correct the date"]),
        (f'{HEAD}\nquiz,alice,,passed,2026-09-01,,"\n', ["row 2", "quotation mark that is not closed"]),
    ],
)
def test_a_file_of_events(root: Path, tmp_path: Path, rows: str, parts: list[str]) -> None:
    path = tmp_path / "events.csv"
    path.write_text(rows, encoding="utf-8")
    said = refused(root, "record", "--from", str(path))
    assert all(part in said for part in [str(path), *parts])


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("title: A tiny", "titel: A tiny", ["title: ", "add it", "titel = 'A tiny course'", "correct its spelling"]),
        ("start_date: 2026-08-24", "start_date: 2026-08-25", ["start_date = 2026-08-25:", "Tuesday", "begins on a Monday"]),
        ('time: "23:59"', "time: 23:59", ["modules.m1_tiny.due.time = 1439", 'write it in "quotes"']),
        ("exam: 2}", "exam: 2", ["line 7", "mend the line"]),
        (COURSE, "", ["empty", "restore it"]),
        (COURSE, "- a\n", ["no keys", "restore it"]),
    ],
)
def test_a_slip_in_course_yml(root: Path, old: str, new: str, parts: list[str]) -> None:
    (root / "course.yml").write_text(COURSE.replace(old, new, 1))
    said = refused(root, "record", "quiz", "alice", "--passed")
    assert all(part in said for part in ["course.yml: ", *parts]) and "unicode string" not in said


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ("student,handed_in\nalice,2026-08-01 10:00\n", ["row 2", "handed_in '2026-08-01 10:00'", "before the course begins (2026-08-24)"]),
        ("student,handed_in\nalice,2026-12-01 10:00\n", ["row 2", "'2026-12-01 10:00'", "future"]),
        (f"{TWO}alice,2026-09-02 11:00\n", ["row 3", "student 'alice'", "stands twice"]),
        ("student,handed in\nalice,2026-09-02 10:00\n", ["row 1", "'handed in'", "there are student, handed_in"]),
    ],
)
def test_a_file_of_times(root: Path, tmp_path: Path, rows: str, parts: list[str]) -> None:
    path = tmp_path / "times.csv"
    path.write_text(rows)
    said = refused(root, "collect", "m1", "--from", str(tmp_path / "canvas.zip"), "--times", str(path))
    assert all(part in said for part in [str(path), *parts])


def test_a_time_of_somebody_who_did_not_hand_in_is_said(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "times.csv"
    path.write_text(TWO.replace("alice", "chen"))
    said = told(root, "collect", "m1", "--from", str(tmp_path / "canvas.zip"), "--times", str(path))
    assert "a time for chen, but no hand-in; is the name right?" in said


def test_zips_in_zips(root: Path, tmp_path: Path) -> None:
    whole = canvas(tmp_path / "twice.zip", {"submissions.zip": (tmp_path / "canvas.zip").read_bytes()})
    assert "submissions.zip: not named as Canvas names files" in (said := told(root, "collect", "m1", "--from", str(whole))) and "unpack it" in said
    one = canvas(tmp_path / "one.zip", {"ekalice_101_1_m1_tiny.zip": zipped(zipped(notebook()), "m1_tiny.zip")})
    for _ in range(2):
        assert "no notebook could be read: see its receipt" in told(root, "collect", "m1", "--from", str(one))


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_an_export_that_can_not_be_written(root: Path, form: str) -> None:
    said = refused(root, "grades", "--format", form, "--out", str(root / "course.yml" / "grades"))
    assert "--out" in said and "course.yml/grades: can't be written" in said
    assert "source: a folder; name a file in it" in refused(root, "grades", "--format", form, "--out", str(root / "source"))


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ([*MORE_TIME, "m1", "--until", "2026-09-04"], ["value '2026-09-04'", "no more time"]),
        ([*MORE_TIME, "m7", "--until", "2026-09-10"], ["item 'm7'", "there are m1_tiny, oral1, quiz"]),
        (["record", "oral", "alice", "1", "--level", "C", "--at", "2026-02-30"], ["at '2026-02-30'", "write 2026-09-17"]),
        (["record", "--from", "."], [".: a folder"]),
        (["attempts", "m1", "bob"], ["bob: no hand-in of m1_tiny", "course attempts m1"]),
        (["explain", "zoe"], ["no student 'zoe'", "course grades"]),
        (["collect", "m1", "--from", "nowhere.zip"], ["nowhere.zip: no such file or folder"]),
    ],
)
def test_commands(root: Path, words: list[str], parts: list[str]) -> None:
    said = refused(root, *words)
    assert all(part in said for part in parts)
