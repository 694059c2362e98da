"""Which cells grading needs: setup, answers, tests, and what a student added. The others keep what was handed in.

Tests may use only names of setup cells and of their own task's answers (DESIGN, "Rules for tests"), so training, figures and
try-it cells are left out. Where that makes a name missing all the same, the whole notebook is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nbformat import NotebookNode
from nbformat.v4 import new_output

from staff.intake import Submission
from staff.master import defined_names
from staff.notebook import tags
from staff.pages import pictures, texts
from staff.repair import ADDED

NEEDED = {"setup", "device", ADDED}
NOT_RUN = "# not needed for grading; not run"


def left_out(notebook: NotebookNode) -> dict[str, str]:
    """The code cells that grading does not need: their ids and sources."""
    found = {}
    for cell in notebook.cells:
        is_labelled = "grade_id" in cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and not is_labelled and not NEEDED & set(tags(cell)):
            found[cell.id] = cell.source
    return found


def without(notebook: NotebookNode, ids: Iterable[str]) -> None:
    """Empty these cells in place."""
    for cell in notebook.cells:
        if cell.get("id") in set(ids):
            cell.source = NOT_RUN


def restore(notebook: NotebookNode, sources: dict[str, str], submission: Submission) -> None:
    """Put the cells back, with the text and the PNG pictures that were handed in, so that who grades by hand sees them."""
    for cell in notebook.cells:
        if cell.get("id") not in sources:
            continue
        cell.source = sources[cell.id]
        outputs = submission.outputs.get(cell.id, [])
        said = texts(outputs)
        cell.outputs = [new_output("stream", name="stdout", text=said)] if said else []
        cell.outputs += [new_output("display_data", data={"image/png": data}) for data in pictures(outputs)]


def misses_a_name(executed: Iterable[NotebookNode], sources: dict[str, str]) -> bool:
    """Whether a test or an answer stopped because of a name that a left-out cell defines."""
    defined = {name for source in sources.values() for name in defined_names(source)}
    for cell in executed:
        for output in cell.get("outputs", []):
            missing = re.search(r"name '(\w+)' is not defined", output.get("evalue", "")) if output.output_type == "error" else None
            if missing and missing[1] in defined:
                return True
    return False
