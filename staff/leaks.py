"""Proves that a release tells nothing: every cell is what the source says without its regions, and no line of a region stands anywhere in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from staff.notebook import BEGIN_HIDDEN, BEGIN_SOLUTION, END_HIDDEN, END_SOLUTION, STUB, regions, without_regions
from staff.problems import parse

MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN", "END HIDDEN", "BEGIN MARK SCHEME", "END MARK SCHEME")
TEXT_STUB = "YOUR ANSWER HERE"  # nbgrader's own, in place of a written solution
SHORTEST = 12  # shorter lines ("return x") say nothing
CELL_KEYS = {"tags", "nbgrader", "deletable", "editable", "slideshow"}
NBGRADER_KEYS = {"schema_version", "grade_id", "grade", "solution", "locked", "task", "points", "checksum", "cell_type"}
NOTEBOOK_KEYS = {"kernelspec", "language_info", "course"}


def released_source(cell: NotebookNode) -> str:
    """What students see of a source cell, by this project's own reading of the markers."""
    stub = STUB if cell.cell_type == "code" else TEXT_STUB
    return without_regions(without_regions(cell.source, BEGIN_SOLUTION, END_SOLUTION, stub), BEGIN_HIDDEN, END_HIDDEN)


def secret_lines(source: NotebookNode) -> set[str]:
    """The lines of all regions, stripped, of at least 12 characters, that stand nowhere outside a region."""
    outside = "\n".join(released_source(cell) for cell in source.cells)
    inside: set[str] = set()
    for cell in source.cells:
        for begin, end in ((BEGIN_SOLUTION, END_SOLUTION), (BEGIN_HIDDEN, END_HIDDEN)):
            inside |= {line.strip() for region in regions(cell.source, begin, end) for line in region.splitlines()}
    return {line for line in inside if len(line) >= SHORTEST and line not in outside}


def leaks(source: NotebookNode, release: NotebookNode) -> list[str]:
    """Everything that is wrong with a released notebook, in words; empty when it may go out."""
    return [*_cells(source, release), *_metadata(release), *_secrets(source, release)]


def _cells(source: NotebookNode, release: NotebookNode) -> Iterator[str]:
    ids = [cell.id for cell in source.cells]
    if [cell.id for cell in release.cells] != ids:
        yield "the cells are not those of the source, in order, with their ids"
        return
    for cell, shown in zip(source.cells, release.cells, strict=True):
        if shown.source.strip() != released_source(cell).strip():
            yield f"cell {cell.id} is not its source without the regions"
        if shown.cell_type == "code" and parse(shown.source) is None:
            yield f"cell {cell.id} is no valid Python in the release"
        if shown.get("outputs") or shown.get("execution_count") is not None or shown.get("attachments"):
            yield f"cell {cell.id} has outputs, an execution count or attachments"


def _metadata(release: NotebookNode) -> Iterator[str]:
    for key in sorted(set(release.metadata) - NOTEBOOK_KEYS):
        yield f"metadata.{key} is left over"
    for cell in release.cells:
        for key in sorted(set(cell.metadata) - CELL_KEYS):
            yield f"cell {cell.id}: metadata.{key} is left over"
        for key in sorted(set(cell.metadata.get("nbgrader", {})) - NBGRADER_KEYS):
            yield f"cell {cell.id}: nbgrader.{key} is left over"


def _secrets(source: NotebookNode, release: NotebookNode) -> Iterator[str]:
    secrets = sorted(secret_lines(source))
    for place, text in _strings(release, ""):
        for marker in MARKERS:
            if marker in text:
                yield f"{place}: the marker {marker!r} is left"
        for line in secrets:
            if line in text:
                yield f"{place}: a line of a solution or hidden test is left: {line[:60]!r}"


def _strings(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every string of a notebook with the path to it: sources, metadata, whatever else there is."""
    if isinstance(node, str):
        yield place, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield f"{place}.{key}", str(key)
            yield from _strings(value, f"{place}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            name = value.get("id", number) if isinstance(value, dict) else number
            yield from _strings(value, f"{place}[{name}]")


def file_leaks(folder: Path, expected: set[str], source: NotebookNode) -> Iterator[str]:
    """Files of a release folder that nobody expects, and secret lines in those beside the notebook."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(found ^ expected):
        yield f"the file {name} is {'not expected' if name in found else 'missing'}"
    secrets = secret_lines(source)
    for name in sorted(found & expected):
        if not name.endswith(".ipynb"):
            text = (folder / name).read_text(encoding="utf-8", errors="replace")
            yield from (f"{name}: a line of a solution or hidden test: {line[:60]!r}" for line in sorted(secrets) if line in text)
