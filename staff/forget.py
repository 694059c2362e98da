"""`course forget STUDENT`: everything about a student leaves this folder and the database. It can't be undone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from staff import attempts, events, pseudonyms
from staff.config import STUDENT_ID, Course, CourseError
from staff.database import reading, rewrite, writing
from staff.notebook import write_text
from staff.roster import FILE, names, without

FOLDERS = ("submitted", "attempts", "autograded", "feedback")  # each has one folder a student
PAGES = ("explain",)  # below reports/: each has one page a student
WHOLE_CLASS = ("dashboard.html", "demo.html", "queue.html")  # pages about everybody: removed, the next run of their command writes them again
OURS = (events.NAME, attempts.NAME, "course_results", pseudonyms.NAME)
HAND_INS = "SELECT id FROM submitted_assignment WHERE student_id = :s"
NOTEBOOKS = f"SELECT id FROM submitted_notebook WHERE assignment_id IN ({HAND_INS})"
NBGRADER = {
    "grade": f"notebook_id IN ({NOTEBOOKS})",
    "comment": f"notebook_id IN ({NOTEBOOKS})",
    "submitted_notebook": f"assignment_id IN ({HAND_INS})",
    "submitted_assignment": "student_id = :s",
    "student": "id = :s",
}


def found(course: Course, root: Path, student: str) -> list[str]:
    """What there is of a student, in words. Raises CourseError for somebody whom the course does not know."""
    if not STUDENT_ID.match(student):
        raise CourseError(f"{student!r} can't be a student's id (letters, digits and . _ @ - only)")
    with reading(course, root) as connection:
        rows = {
            name: connection.execute(text(f"SELECT COUNT(*) FROM {name} WHERE {where}"), {"s": student}).scalar()
            for name, where in _tables(connection)
        }
    said = [f"{count} rows of {name}" for name, count in rows.items() if count]
    own = _own(root, student)
    said += [f"a row of {FILE}"] if names(root / FILE, student) else []
    if not said and not own:
        raise CourseError(f"nothing of a student {student!r} in the gradebook, the hand-ins or the log; `course grades` lists who is there")
    return [*said, *(str(path.relative_to(root)) for path in _paths(root, student))]


def forget(course: Course, root: Path, student: str) -> None:
    """Delete it all: rows in one transaction, then files. SQLite's file is written anew, so that no deleted row stays in it."""
    with writing(course, root, lock="student") as connection:
        for name, where in _tables(connection):
            connection.execute(text(f"DELETE FROM {name} WHERE {where}"), {"s": student})
    rewrite(root)
    for path in _paths(root, student):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    without(root / FILE, student)
    for path in (root / "reports").glob("autograde-*.json"):
        rows = [row for row in json.loads(path.read_text(encoding="utf-8")) if row.get("student") != student]
        write_text(path, json.dumps(rows, indent=1, ensure_ascii=False) + "\n")


def _tables(connection: Connection) -> Iterator[tuple[str, str]]:
    there = set(inspect(connection).get_table_names())
    yield from ((name, "student = :s") for name in OURS if name in there)
    yield from NBGRADER.items()


def _paths(root: Path, student: str) -> list[Path]:
    whole_class = [root / "reports" / name for name in WHOLE_CLASS]
    return [*_own(root, student), *(path for path in whole_class if path.exists())]


def _own(root: Path, student: str) -> list[Path]:
    paths = [root / folder / student for folder in FOLDERS]
    paths += [root / "reports" / folder / f"{student}.html" for folder in PAGES]
    return [path for path in paths if path.exists() or path.is_symlink()]
