"""`course record --from FILE.csv`: many events at once. Every row is checked first; one that can't be stops all of them."""

from __future__ import annotations

from pathlib import Path

from staff.config import Course, CourseError
from staff.event_checks import Checker, Draft, Wrong
from staff.events import Event, add
from staff.table_file import read_table

NEEDED = ("event", "student", "at")
COLUMNS = tuple(Draft.model_fields)
Row = tuple[int, Draft]  # the line it stands in, and what it says


def add_file(course: Course, root: Path, path: Path, new_students: bool = False) -> tuple[int, int]:
    """Record a file; returns how many events were added and how many were there already. Raises CourseError with every wrong row."""
    rows = read_rows(path)

    def checked(students: set[str], log: list[Event]) -> list[Event]:
        checker, events, problems = Checker(course, students, log, new_students), [], []
        for line, draft in rows:
            try:
                if not draft.at:
                    raise Wrong("at", "", "empty; write when it took place, so that the file can be read twice")
                events.append(checker.event(draft))
            except Wrong as wrong:
                problems.append(f"{path}: row {line}, column {wrong}")
        if problems:
            raise CourseError("\n".join([*problems, f"nothing was recorded; correct {len(problems)} of {len(rows)} rows and run it again"]))
        return events

    added = add(course, root, checked)
    return len(added), len(rows) - len(added)


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file with a header, separated by commas or semicolons; empty rows are left out."""
    return [(line, Draft(**row)) for line, row in read_table(path, COLUMNS, NEEDED)]
