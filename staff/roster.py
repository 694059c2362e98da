"""roster.csv: which of Canvas' ids is which student. Either our own columns, or Canvas' gradebook export as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from staff.config import STUDENT_ID, CourseError
from staff.notebook import write_text
from staff.table_file import Row, read_table

FILE = "roster.csv"
COLUMNS = ("student", "canvas_id", "login", "name")
EXPORT = ("student", "id", "sis user id", "sis login id", "section")  # of Canvas: Grades, Export, Export Entire Gradebook
HOW = "export the gradebook at Canvas (Grades, Export) and save it as roster.csv, or write the columns student,canvas_id,login,name"


@dataclass
class Roster:
    """Canvas id -> student, login -> student."""

    path: Path
    by_canvas: dict[str, str] = field(default_factory=dict)
    by_login: dict[str, str] = field(default_factory=dict)

    @property
    def students(self) -> set[str]:
        return set(self.by_canvas.values()) | set(self.by_login.values())


def read_roster(path: Path) -> Roster:
    """Read and check a roster. Raises CourseError with every wrong row."""
    roster, problems = Roster(path), []
    lines: dict[tuple[str, str], int] = {}
    for line, (student, canvas, login) in _rows(path):
        if not STUDENT_ID.match(student):
            problems.append(f"row {line}, column student {student!r}: can't be a student's id (letters, digits and . _ @ - only)")
            continue
        if canvas and not canvas.isdecimal():
            problems.append(f"row {line}, column canvas_id {canvas!r}: not a whole number, as Canvas' ids are")
            continue
        for column, value in (("student", student), ("canvas_id", canvas), ("login", login)):
            if value and (column, value) in lines:
                problems.append(f"row {line}, column {column} {value!r}: stands in row {lines[column, value]}, too; one row a student")
            lines.setdefault((column, value), line)
        roster.by_login[login or student] = student
        if canvas:
            roster.by_canvas[canvas] = student
    if problems:
        raise CourseError("\n".join([*(f"{path}: {problem}" for problem in problems), "nothing was collected; correct the rows and run it again"]))
    return roster


def _rows(path: Path) -> list[tuple[int, tuple[str, str, str]]]:
    """(line, (student, canvas id, login)) of either form."""
    if _is_export(path):
        rows = read_table(path, EXPORT, ("student", "id", "sis login id"), other_columns=True)
        return [(line, (row.get("sis login id", ""), row["id"], row.get("sis login id", ""))) for line, row in rows if _is_student(row)]
    found: list[Row] = read_table(path, COLUMNS, ("student",))
    return [(line, (row["student"], row.get("canvas_id", ""), row.get("login", ""))) for line, row in found]


def _is_student(row: dict[str, str]) -> bool:
    """Canvas' export has rows of points and of posting, and a student of its own for trying."""
    return bool(row.get("id")) and not row["student"].startswith("Student, Test") and "points possible" not in row["student"].lower()


def _is_export(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return "sis login id" in file.readline().lower()
    except OSError:
        return False


def names(path: Path, student: str) -> bool:
    """Whether a row of the file is the student's."""
    return path.is_file() and any(student in _cells(line) for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines())


def without(path: Path, student: str) -> None:
    """Take the student's row out of the file; the other rows stay as they are."""
    if names(path, student):
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines(keepends=True)
        write_text(path, "".join(line for line in lines if student not in _cells(line)))


def _cells(line: str) -> list[str]:
    return [cell.strip().strip('"') for cell in re.split("[,;]", line)]
