"""What is not in a notebook: orals, quiz, video, seminar, extensions, overrides. A log in the gradebook's database that only grows.

Nothing in it is changed: a wrong entry is withdrawn by a later one, and what came too late stays, is ignored and warned of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, inspect, select
from sqlalchemy.schema import CreateTable

from staff.config import STUDENT_ID, Course
from staff.database import reading, turn, writing

NAME = "course_events"
TABLE = Table(
    NAME,
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("student", String(128), nullable=False),
    Column("item", String(64), nullable=False),
    Column("value", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("who", String(128), nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded", String(32), nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice
)


class Event(BaseModel):
    """One entry. `item` is what it is about (oral1, m3_flows, 17), `value` what came of it (C, passed, a time, a letter)."""

    kind: str
    student: str
    item: str = ""
    value: str = ""
    at: datetime
    who: str = ""
    reason: str = ""
    recorded: datetime
    number: int = 0

    def same(self, other: Event) -> bool:
        """Whether both say the same of the same time: the second one adds nothing."""
        return (self.kind, self.student, self.item, self.value, self.at) == (other.kind, other.student, other.item, other.value, other.at)


Checked = Callable[[set[str], list[Event]], Sequence[Event]]  # known students, the log so far -> what to add


def add(course: Course, root: Path, checked: Checked) -> list[Event]:
    """Write what `checked` returns, in one transaction that no other process writes in; it sees the state it is written to.

    What raises inside writes nothing. Returns the events with their numbers; one that is there already is left out.
    """
    with reading(course, root) as connection:
        new = not inspect(connection).has_table(NAME)
    if new:
        with turn(root), writing(course, root) as connection:  # two of PostgreSQL's CREATE TABLE IF NOT EXISTS at once can fail
            connection.execute(CreateTable(TABLE, if_not_exists=True))
    with writing(course, root, lock=NAME) as connection:
        log = in_force(_read(connection))
        added: list[Event] = []
        for event in checked(students(connection, root), log):
            if not any(event.same(old) for old in [*log, *added]):
                number = connection.execute(TABLE.insert().values(**_row(event))).inserted_primary_key
                added.append(event.model_copy(update={"number": number[0] if number else 0}))
    return added


def _row(event: Event) -> dict[str, str]:
    times = {name: getattr(event, name).astimezone(UTC).isoformat() for name in ("at", "recorded")}
    return {**event.model_dump(exclude={"number", "at", "recorded"}), **times}


def _read(connection: Connection) -> list[Event]:
    rows = connection.execute(select(TABLE).order_by(TABLE.c.number))
    return [Event.model_validate(dict(row._mapping)) for row in rows]


def read_events(connection: Connection) -> list[Event]:
    """The whole log, oldest entry first."""
    return _read(connection) if inspect(connection).has_table(NAME) else []


def in_force(log: Sequence[Event]) -> list[Event]:
    """The log without what was withdrawn and without the withdrawals."""
    taken_back = withdrawn(log)
    return [event for event in log if event.kind != "withdraw" and str(event.number) not in taken_back]


def withdrawn(log: Sequence[Event]) -> set[str]:
    """The numbers of the entries that later ones took out of force."""
    return {event.item for event in log if event.kind == "withdraw"}


def students(connection: Connection, root: Path) -> set[str]:
    """Everybody whom the gradebook, the hand-ins or the log know."""
    known = {row[0] for row in connection.exec_driver_sql("SELECT id FROM student")}
    known |= {folder.name for folder in (root / "submitted").glob("*") if folder.is_dir() and STUDENT_ID.match(folder.name)}
    return known | {event.student for event in read_events(connection)}
