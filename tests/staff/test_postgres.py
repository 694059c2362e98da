"""A gradebook in PostgreSQL holds what one in SQLite holds; two graders at once, and many writers, lose nothing in either."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from staff.database import database_url
from tests.staff.postgres import postgres, programs
from tests.staff.test_judging import hand_in
from tests.staff.tiny import write_tiny

pytestmark = pytest.mark.timeout(300)
WRONG = [{}, {"E1": "mutant_first"}, {"D1": "mutant_detached"}]
COMMAND = [sys.executable, "-c", "from staff.cli import main; main()"]
QUERY = """SELECT s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade FROM grade g
    JOIN submitted_notebook n ON g.notebook_id = n.id JOIN submitted_assignment s ON n.assignment_id = s.id JOIN base_cell c ON g.cell_id = c.id"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request):
    """None for the course's own SQLite file, else the URL of a server."""
    if request.param == "sqlite":
        yield None
        return
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres(where) as server:
        yield server


@pytest.fixture
def root(tmp_path: Path, url, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A class of six in an empty gradebook."""
    if url is not None:
        monkeypatch.setenv("COURSE_DB_URL", url)
        with create_engine(url).begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    write_tiny(tmp_path)
    for number in range(6):
        hand_in(tmp_path, f"student{number}", WRONG[number % 3])
    return tmp_path


def course(root: Path, *arguments: str) -> subprocess.Popen:
    here = str(Path(__file__).parents[2])
    return subprocess.Popen([*COMMAND, *arguments, "--root", str(root)], env={**os.environ, "PYTHONPATH": here}, stdout=subprocess.PIPE, text=True)


def scores(root: Path) -> list[tuple]:
    with create_engine(database_url(root)).connect() as connection:
        return sorted(
            (student, cell, float(auto or 0), manual, bool(needs)) for student, cell, auto, manual, needs in connection.execute(text(QUERY))
        )


def test_two_graders_at_once_leave_one_gradebook(root: Path) -> None:
    both = [course(root, "autograde", "m1", "--workers", "1") for _ in range(2)]
    for process in both:
        said, _ = process.communicate()
        assert process.returncode == 0, said
    found = scores(root)
    assert len(found) == len({row[:2] for row in found}) == 6 * 6, "each student has each cell once"
    totals = {student: sum(row[2] for row in found if row[0] == student) for student in {row[0] for row in found}}
    assert totals == {f"student{number}": (8.0, 6.0, 5.0)[number % 3] for number in range(6)}
    again = course(root, "autograde", "m1")
    assert "0 graded, 6 as before" in again.communicate()[0]


def test_six_writers_at_once_lose_no_event(root: Path) -> None:
    what = [("oral", f"student{n}", "1", "--level", "CDE"[n % 3], "--by", f"grader{n}", "--at", f"2026-09-{n + 10}") for n in range(6)]
    writers = [course(root, "record", *arguments) for arguments in what]
    for process in writers:
        said, _ = process.communicate()
        assert process.returncode == 0, said
    with create_engine(database_url(root)).connect() as connection:
        names = [name for (name,) in connection.execute(text("SELECT who FROM course_events"))]
    assert sorted(names) == sorted(f"grader{number}" for number in range(6))
