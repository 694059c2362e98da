"""`course record --from FILE.csv`: many events at once. Every row is checked first; one that can't be stops all of them."""

from __future__ import annotations

import csv
from pathlib import Path

from staff.config import Course, CourseError
from staff.event_checks import Checker, Draft, Wrong
from staff.events import Event, add

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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: can't be read as text ({error}); save it as CSV in UTF-8") from None
    first = text.split("\n", 1)[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    try:
        lines = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise CourseError(f"{path}: row {reader.line_num}: broken CSV ({error}); look for a quotation mark that is not closed") from None
    if not lines:
        raise CourseError(f"{path}: empty; its first row names the columns {','.join(COLUMNS)}")
    header = _header(path, lines[0][1])
    return [(line, _draft(path, line, header, row)) for line, row in lines[1:] if any(cell.strip() for cell in row)]


def _header(path: Path, row: list[str]) -> list[str]:
    names = [name.strip().lower() for name in row]
    for name in names:
        if name not in COLUMNS:
            raise CourseError(f"{path}: row 1: no column {name!r}; there are {', '.join(COLUMNS)}")
        if names.count(name) > 1:
            raise CourseError(f"{path}: row 1: column {name!r} stands twice")
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise CourseError(f"{path}: row 1: column {', '.join(missing)} is missing; the columns are {', '.join(COLUMNS)}")
    return names


def _draft(path: Path, line: int, header: list[str], row: list[str]) -> Draft:
    if len(row) > len(header):
        raise CourseError(f"{path}: row {line}: {len(row)} values for {len(header)} columns; put a value that holds a comma into quotation marks")
    return Draft(**dict(zip(header, row, strict=False)))
