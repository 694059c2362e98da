"""`course show`: a source notebook as text, for reviewers who read code. Never written to a file: a paired file would leak solutions."""

from __future__ import annotations

from pathlib import Path

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from staff.config import Course, Module
from staff.lint import source_path
from staff.notebook import read_notebook, tags

FORMAT = {"extension": ".py", "format_name": "percent"}


def show(course: Course, root: Path, module: Module | str) -> str:
    """The module's source notebook in the percent format: one `# %%` line a cell, with its id, points and tags; text as comments."""
    module = course.module(module) if isinstance(module, str) else module
    source = read_notebook(source_path(root, module.id))
    plain = new_notebook(cells=[_plain(cell) for cell in source.cells])
    return str(jupytext.writes(plain, fmt={**FORMAT, "notebook_metadata_filter": "-all"}))


def _plain(cell: NotebookNode) -> NotebookNode:
    """The cell with what a reviewer wants to know in place of its metadata."""
    known: dict[str, object] = {"title": cell.get("id", "")}
    if tags(cell):
        known["tags"] = tags(cell)
    points = cell.metadata.get("nbgrader", {}).get("points")
    if points is not None:
        known["points"] = points
    return NotebookNode({**cell, "metadata": NotebookNode(known)})
