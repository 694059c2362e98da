"""Notebooks as the course sees them: cells with a grade id, a role and a tier."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from staff.config import CourseError
from staff.labels import GradeId

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
STUB = 'raise NotImplementedError("write your answer here")'

# What nbgrader must know about each role: (cell type, grade, solution, locked). A+B code is graded by hand.
ROLE_FLAGS = {
    "spec": ("markdown", False, False, True),
    "code": ("code", False, True, False),
    "answer": ("code", False, True, False),
    "check": ("code", True, False, True),
    "hidden": ("code", True, False, True),
    "reflect": ("markdown", True, True, False),
}


def grade_id(cell: NotebookNode) -> GradeId | None:
    """The parsed grade id of a cell, or None where it has none or a malformed one."""
    text = cell.metadata.get("nbgrader", {}).get("grade_id")
    return GradeId.parse(text) if isinstance(text, str) else None


def tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def read_notebook(path: Path) -> NotebookNode:
    """Read one of the course's own notebooks. Raises CourseError with the file's name."""
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise CourseError(f"{path}: no such notebook") from None
    except Exception as error:
        raise CourseError(f"{path}: not a notebook ({error}); restore it from git") from error


def write_text(path: Path, text: str) -> None:
    """Write through a temporary name and rename, so that a killed run leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def write_notebook(path: Path, notebook: NotebookNode) -> None:
    """Write a notebook atomically, as nbformat 4.5 with its ids kept."""
    write_text(path, nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n")


def regions(source: str, begin: str, end: str) -> list[str]:
    """The texts between `begin` and `end` lines."""
    found: list[str] = []
    inside: list[str] | None = None
    for line in source.splitlines():
        if line.strip() == begin:
            inside = []
        elif line.strip() == end and inside is not None:
            found.append("\n".join(inside))
            inside = None
        elif inside is not None:
            inside.append(line)
    return found


def without_regions(source: str, begin: str, end: str, replacement: str | None = None) -> str:
    """`source` without its regions, each replaced by `replacement` at the region's indentation (as nbgrader does)."""
    kept: list[str] = []
    skipping = False
    for line in source.splitlines():
        if line.strip() == begin:
            skipping = True
            if replacement is not None:
                kept.append(line[: len(line) - len(line.lstrip())] + replacement)
        elif line.strip() == end:
            skipping = False
        elif not skipping:
            kept.append(line)
    return "\n".join(kept)


def blank(source: str) -> str:
    """A solution cell as students get it."""
    return without_regions(source, BEGIN_SOLUTION, END_SOLUTION, STUB)
