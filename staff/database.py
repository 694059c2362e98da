"""The gradebook's database for whoever is not nbgrader: opened without importing it, written by one process at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from staff.config import Course, CourseError

PATIENCE = 60  # seconds that a command waits for another one that is writing
NBGRADERS = {"student", "submitted_assignment", "grade"}  # some of its tables
GRADERS = 2601  # the number of PostgreSQL's lock for `turn`


def database_url(root: Path) -> str:
    return os.environ.get("COURSE_DB_URL") or f"sqlite:///{root / 'gradebook.db'}"


def let_nbgrader_find_alembic() -> None:
    """nbgrader calls alembic by name when it makes a database: our own environment must be on the path."""
    binaries = str(Path(sys.executable).parent)
    if binaries not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"


def _engine(root: Path, write: bool) -> Engine:
    url = database_url(root)
    lite = url.startswith("sqlite")
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE} if lite else {})
    if lite and write:  # SQLAlchemy's own recipe: the lock is taken when the transaction begins, not at its first write

        @event.listens_for(engine, "connect")
        def no_implicit_begin(connection, _record) -> None:  # type: ignore[no-untyped-def]
            connection.isolation_level = None

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def writing(course: Course, root: Path, lock: str | None = None) -> Iterator[Connection]:
    """A transaction that no other writer shares: all of it or nothing. `lock` names the table that PostgreSQL locks for it."""
    make_gradebook(course, root)
    with _told(root):
        engine = _engine(root, write=True)
        with engine.begin() as connection:
            if lock and engine.dialect.name == "postgresql":
                connection.execute(text(f"LOCK TABLE {lock} IN EXCLUSIVE MODE"))
            yield connection


@contextmanager
def turn(root: Path) -> Iterator[None]:
    """One grader at a time: nbgrader commits in several steps, and two that begin the same row would both fail."""
    url = make_url(database_url(root))
    if url.get_backend_name() == "sqlite":
        with FileLock(f"{url.database}.lock"):
            yield
        return
    with _told(root), _engine(root, write=False).connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": GRADERS})  # let go of at the latest when the connection ends
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": GRADERS})


@contextmanager
def reading(course: Course, root: Path) -> Iterator[Connection]:
    """A connection for looking."""
    make_gradebook(course, root)
    with _told(root), _engine(root, write=False).connect() as connection:
        yield connection


def rewrite(root: Path) -> None:
    """Let SQLite write its file anew, so that nothing of a deleted row stays in it; PostgreSQL does so by itself."""
    if database_url(root).startswith("sqlite"):
        with _told(root), _engine(root, write=False).connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM"))


@contextmanager
def _told(root: Path) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        first = str(error).splitlines()[0]
        remedy = "see whether another command still runs, whether the disk is full, and what COURSE_DB_URL says"
        raise CourseError(f"{_shown(root)}: the gradebook could not be used ({first}); {remedy}") from error


def _shown(root: Path) -> str:
    return "the database in COURSE_DB_URL" if os.environ.get("COURSE_DB_URL") else str(root / "gradebook.db")


def make_gradebook(course: Course, root: Path) -> None:
    """Let nbgrader make its tables where there are none. Of several processes that try at once, one's file is taken."""
    url = database_url(root)
    file = make_url(url).database if url.startswith("sqlite") else None
    with _told(root):
        if file and not Path(file).exists():  # even looking would make an empty file
            _make_file(course, Path(file))
        if NBGRADERS - _tables(root):
            with turn(root):  # another process may be at it
                if not _tables(root):
                    _make_tables(course, url)
                elif NBGRADERS - _tables(root):
                    raise CourseError(f"{_shown(root)}: no gradebook of nbgrader (its tables are missing); move it away, and a new one is made")


def _tables(root: Path) -> set[str]:
    return set(inspect(_engine(root, write=False)).get_table_names())


def _make_file(course: Course, file: Path) -> None:
    """Make it aside and put it into its place whole, unless another process was faster."""
    aside = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        _make_tables(course, f"sqlite:///{aside}")
        with suppress(FileExistsError):
            os.link(aside, file)
    finally:
        aside.unlink(missing_ok=True)


def _make_tables(course: Course, url: str) -> None:
    from nbgrader.api import Gradebook  # takes seconds to import, and is needed once

    let_nbgrader_find_alembic()
    with Gradebook(url, course.id):
        pass
