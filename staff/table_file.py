"""CSV files that a person brings: read as text, a header checked, every wrong row told by line and column."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from staff.config import CourseError

Row = tuple[int, dict[str, str]]  # the line it stands in, column -> value


def read_table(path: Path, columns: Sequence[str], needed: Sequence[str], other_columns: bool = False) -> list[Row]:
    """Rows of a CSV file with a header, by commas or semicolons. Names of columns in any case; empty rows are left out.

    Raises CourseError for a file, header or row that can't be; with `other_columns`, columns that are not in `columns` are passed over.
    """
    lines = _lines(path)
    if not lines:
        raise CourseError(f"{path}: empty; its first row names the columns {','.join(columns)}")
    header = [name.strip().lower() for name in lines[0][1]]
    for name in header:
        if name not in columns and not other_columns:
            raise CourseError(f"{path}: row 1: no column {name!r}; there are {', '.join(columns)}")
        if name in columns and header.count(name) > 1:
            raise CourseError(f"{path}: row 1: column {name!r} stands twice")
    missing = [name for name in needed if name not in header]
    if missing:
        raise CourseError(f"{path}: row 1: column {', '.join(missing)} is missing; the columns are {', '.join(columns)}")
    rows = []
    for line, row in lines[1:]:
        if len(row) > len(header):
            raise CourseError(f"{path}: row {line}: {len(row)} values for {len(header)} columns; put a value that holds a comma into quotation marks")
        if any(cell.strip() for cell in row):
            rows.append((line, {name: cell.strip() for name, cell in zip(header, row, strict=False) if name in columns}))
    return rows


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise CourseError(f"{path}: a folder; name a CSV file in it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: can't be read as text ({error}); save it as CSV in UTF-8") from None
    first = text.split("\n", 1)[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise CourseError(f"{path}: row {reader.line_num}: broken CSV ({error}); look for a quotation mark that is not closed") from None
