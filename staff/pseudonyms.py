"""Names for exports that are not names: drawn by chance, kept in the gradebook's database, forgotten with the student."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import text

from staff.config import Course
from staff.database import writing

NAME = "course_pseudonyms"
TABLE = f"CREATE TABLE IF NOT EXISTS {NAME} (student VARCHAR(128) PRIMARY KEY, pseudonym VARCHAR(32) NOT NULL UNIQUE)"


def pseudonyms(course: Course, root: Path, students: Iterable[str]) -> dict[str, str]:
    """Student -> pseudonym, the same in every export; who has none gets one."""
    with writing(course, root) as connection:
        connection.execute(text(TABLE))
        known: dict[str, str] = {row.student: row.pseudonym for row in connection.execute(text(f"SELECT student, pseudonym FROM {NAME}"))}
        for student in students:
            if student not in known:
                known[student] = _unused(set(known.values()))
                connection.execute(text(f"INSERT INTO {NAME} VALUES (:s, :p)"), {"s": student, "p": known[student]})
    return known


def _unused(taken: set[str]) -> str:
    while (name := f"student-{secrets.token_hex(3)}") in taken:
        pass
    return name
