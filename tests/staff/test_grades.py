"""The commands about grades, on a gradebook that nbgrader's own code filled."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staff.cli import app
from staff.config import CourseError, load_course
from staff.dashboard import task_numbers
from staff.standing import standings
from tests.staff.class_of import attempt
from tests.staff.gradebooks import fill, write_course

CLASS = """\
event,student,item,value,at,by,reason
oral,alice,1,C,2020-09-17,KM,
oral,alice,2,C,2020-10-15,KM,
quiz,alice,,passed,2020-10-12,,
video,alice,,accepted,2020-10-20,,
seminar,alice,,attended,2020-10-21,,
oral,bob,1,D,2020-09-17,KM,
oral,bob,2,E,2020-10-15,KM,
quiz,bob,,passed,2020-10-12,,
oral,chen,1,E,2020-09-17,KM,
quiz,chen,,passed,2020-10-14,,
override,dilan,,F,2020-10-25,the examiner,dilan and alice: case 7
"""
AFTER_THE_COURSE = "2020-11-03T12:00:00+01:00"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_gradebook: Path) -> Path:
    """alice A, bob E, chen Fx (quiz late, no second oral, a late notebook), dilan F by decision, ege F with nothing."""
    root = tmp_path_factory.mktemp("filled")
    write_course(root, empty_gradebook)
    both = [attempt(module, student=name) for name in ("alice", "bob") for module in ("m1_tiny", "m2_small")]
    late = [attempt("m1_tiny", student="chen"), attempt("m2_small", "2020-09-20 12:00", student="chen")]
    fill(root, [*both, *late, attempt("m1_tiny", student="dilan", D1_hidden=1, E1_reflect=None)], ["ege"])
    (root / "class.csv").write_text(CLASS)
    course(root, "record", "--from", str(root / "class.csv"))
    return root


@pytest.fixture
def root(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "course"))


def course(root: Path, *words: str, status: int = 0) -> str:
    done = CliRunner().invoke(app, [*words, "--root", str(root)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == status, done.output
    return done.output


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_table_has_everybody_with_letter_and_marks(filled: Path) -> None:
    shown = course(filled, "grades")
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in shown.splitlines() if line.startswith("│")]
    cells = {row[0]: row for row in rows}
    assert cells["alice"] == ["alice", "A", "D", "D", "C", "C", "✓", "2", "✓", "✓"]
    assert cells["bob"] == ["bob", "E", "D", "D", "D", "E", "✓", "2", "–", "–"]
    assert cells["chen"] == ["chen", "Fx !", "D", "◷", "E", "–", "–", "1", "–", "–"]
    assert cells["dilan"] == ["dilan", "F*", "✎", "–", "–", "–", "–", "1", "–", "–"]
    assert cells["ege"][:4] == ["ege", "F", "–", "–"]
    assert all(len(line) <= 80 for line in shown.splitlines() if line.startswith("│"))
    assert "chen: m2_small of 20 Sep 2020 does not count: late" in plain(shown)


def test_json_and_csv_say_the_same(filled: Path, tmp_path: Path) -> None:
    rows = json.loads(course(filled, "grades", "--format", "json"))
    assert {row["student"]: row["grade"] for row in rows} == {"alice": "A", "bob": "E", "chen": "Fx", "dilan": "F", "ege": "F"}
    assert rows[1]["missing"]["D"] == ["oral2 at level E: comprehension of own loss-function and metric code is still to be shown"]
    course(filled, "grades", "--format", "csv", "--out", str(tmp_path / "grades.csv"))
    table = list(csv.DictReader((tmp_path / "grades.csv").open(encoding="utf-8")))
    assert [row["grade"] for row in table] == [row["grade"] for row in rows]
    assert table[2]["m2_small"] == "late" and table[2]["oral2"] == "F" and "quiz" in table[2]["warnings"]
    assert table[0]["problems"] == "2" and table[3]["m1_tiny"] == "to be read"


def test_only_some_students(filled: Path) -> None:
    rows = json.loads(course(filled, "grades", "--format", "json", "--student", "bob"))
    assert [row["student"] for row in rows] == ["bob"]
    with pytest.raises(CourseError, match="no student 'zoe'"):
        course(filled, "grades", "--student", "zoe")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_with_pseudonyms_nothing_tells_who_it_is_and_every_export_has_the_same(root: Path, form: str) -> None:
    text = course(root, "grades", "--format", form, "--pseudonyms")
    assert not re.search("alice|bob|chen|dilan|ege|case 7", text)
    names = set(re.findall(r"student-[0-9a-f]{6}", text))
    assert len(names) == 5
    assert course(root, "grades", "--format", form, "--pseudonyms") == text
    table = course(root, "grades", "--pseudonyms")
    assert not re.search("alice|bob|chen|dilan", table)


def test_a_page_that_can_be_sent(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NOW", AFTER_THE_COURSE)
    said = course(root, "explain", "chen")
    assert "Fx, not E" in plain(said) and "reports/explain/chen.html" in said
    page = (root / "reports" / "explain" / "chen.html").read_text(encoding="utf-8")
    for text in [
        "Grade of chen: Fx",
        "the quiz is not passed",
        "oral2 not passed",
        "late, does not count",
        "default-src &#39;none&#39;" if 0 else "default-src 'none'",
    ]:
        assert text in page
    assert not re.search("alice|bob|dilan|<script", page)
    assert "hand in an updated m2_small" in page, "the course is over: the page says how the grade can be raised"
    assert "one oral exam" in page


def test_what_people_wrote_is_shown_as_text(root: Path) -> None:
    course(root, "record", "override", "bob", "D", "--by", "KM", "--reason", SCRIPT)
    course(root, "explain", "bob")
    page = (root / "reports" / "explain" / "bob.html").read_text(encoding="utf-8")
    assert SCRIPT not in page and "&lt;script&gt;" in page and "Grade of bob: D" in page


def test_the_plan_to_raise_a_grade_or_why_none(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = plain(course(filled, "raise-plan", "bob", "D", status=1))
    assert "too late: the re-exam period ended on 20 Dec 2020" in late and "1. take oral2" in late
    monkeypatch.setenv("COURSE_NOW", AFTER_THE_COURSE)
    said = plain(course(filled, "raise-plan", "bob", "D"))
    assert "bob: E -> D" in said and "1. take oral2 again and reach level D" in said
    assert "oral1 at level D" in plain(course(filled, "raise-plan", "bob", "C", status=1))
    assert "A is the best grade" in plain(course(filled, "raise-plan", "alice", "A", status=1))
    assert "F can't be raised" in plain(course(filled, "raise-plan", "dilan", "E", status=1))
    assert "hand in an updated m2_small" in plain(course(filled, "raise-plan", "chen", "e"))
    with pytest.raises(CourseError, match="'Z' is no letter"):
        course(filled, "raise-plan", "bob", "Z")


def test_the_teams_page_says_who_is_at_risk_and_how_tasks_go(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NOW", "2020-09-30T12:00:00+02:00")
    course(root, "dashboard")
    page = plain((root / "reports" / "dashboard.html").read_text(encoding="utf-8"))
    risk = page.split("<h2>At risk</h2>")[1].split("<h2>")[0]
    assert re.findall(r'<th scope="row">(\w+)</th>', risk) == ["dilan", "ege", "chen"]
    assert "m2_small: handed in late" in risk and "alice" not in risk
    assert "Doubling" in page and "4 students" not in page


def test_tasks_with_odd_pass_rates_are_marked(tmp_path: Path, empty_gradebook: Path) -> None:
    made = write_course(tmp_path, empty_gradebook)
    fill(tmp_path, [attempt(student=f"s{k}", D1_hidden=3 if k < 3 else 1) for k in range(8)])
    numbers = {one.task: one for one in task_numbers(made, made.module("m1"), standings(made, tmp_path))}
    assert numbers["D1"].counts == {"solved": 3, "waiting": 0, "not solved": 5, "not attempted": 0}
    assert "38% of 8" in numbers["D1"].odd and not numbers["E1"].odd


def test_forgetting_asks_first_and_then_leaves_nothing(root: Path) -> None:
    course(root, "explain", "chen")
    course(root, "dashboard")
    course(root, "grades", "--pseudonyms")
    (root / "submitted" / "chen" / "m1_tiny").mkdir(parents=True)
    (root / "reports" / "autograde-m1.json").write_text('[{"student": "chen"}, {"student": "bob"}]')
    said = course(root, "forget", "chen")
    assert "would be erased: submitted/chen" in said and "give --yes" in said
    assert b"chen" in (root / "gradebook.db").read_bytes()
    course(root, "forget", "chen", "--yes")
    assert b"chen" not in (root / "gradebook.db").read_bytes()
    (root / "class.csv").unlink()
    left = [path for path in root.rglob("*") if "chen" in path.name or (path.is_file() and b"chen" in path.read_bytes())]
    assert left == []
    assert [one.student for one in standings(load_course(root), root)] == ["alice", "bob", "dilan", "ege"]
    with closing(sqlite3.connect(root / "gradebook.db")) as connection:
        assert connection.execute("SELECT COUNT(*) FROM grade").fetchone()[0] == 5 * 9
    with pytest.raises(CourseError, match="nothing of a student 'chen'"):
        course(root, "forget", "chen")


@pytest.mark.parametrize("name", ["..", "../bob", "a/b", ""])
def test_a_name_that_is_a_path_is_refused(root: Path, name: str) -> None:
    with pytest.raises(CourseError, match="can't be a student's id"):
        course(root, "forget", name, "--yes")


def test_a_file_that_is_no_gradebook_is_told(tmp_path: Path) -> None:
    write_course(tmp_path)
    (tmp_path / "gradebook.db").write_text("not a database, but long enough to look at" * 50)
    with pytest.raises(CourseError, match=r"gradebook\.db: the gradebook could not be used"):
        course(tmp_path, "grades")
