"""A gradebook in PostgreSQL holds what one in SQLite holds; two graders at once, and many writers, lose nothing in either."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from staff.cli import app
from staff.database import database_url
from tests.staff.at_once import course_at_once
from tests.staff.judged import rows, write_class
from tests.staff.postgres import postgres, programs

pytestmark = pytest.mark.timeout(300)


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
    write_class(tmp_path, 6)
    return tmp_path


def at_once(root: Path, several: Sequence[Sequence[str]]) -> list[int | None]:
    """The commands, all at the same moment, on this gradebook."""
    return course_at_once([[*words, "--root", str(root)] for words in several], COURSE_DB_URL=database_url(root))


def test_two_graders_at_once_leave_one_gradebook(root: Path) -> None:
    assert at_once(root, [["autograde", "m1", "--workers", "1"]] * 2) == [0, 0]
    found = [row for row in rows(root) if len(row) == 5]
    assert len(found) == len({row[:2] for row in found}) == 6 * 6, "each student has each cell once"
    totals = {student: sum(row[2] or 0 for row in found if row[0] == student) for student in {row[0] for row in found}}
    assert totals == {f"student{number}": (8.0, 6.0, 5.0)[number % 3] for number in range(6)}
    again = CliRunner().invoke(app, ["autograde", "m1", "--root", str(root)])
    assert "0 graded, 6 as before" in again.output


def test_six_writers_at_once_lose_no_event(root: Path) -> None:
    what = [("oral", f"student{n}", "1", "--level", "CDE"[n % 3], "--by", f"grader{n}", "--at", f"2026-09-{n + 10}") for n in range(6)]
    assert at_once(root, [["record", *words] for words in what]) == [0] * 6
    with create_engine(database_url(root)).connect() as connection:
        names = [name for (name,) in connection.execute(text("SELECT who FROM course_events"))]
    assert sorted(names) == sorted(f"grader{number}" for number in range(6))
