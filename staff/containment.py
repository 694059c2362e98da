"""When a notebook kills its Python process: find the answer that did it, leave that out, and grade the rest."""

from __future__ import annotations

import copy
from dataclasses import replace

from staff.engine import cell_result
from staff.intake import Master, Submission
from staff.notebook import STUB, tags
from staff.outcomes import Outcome, Result
from staff.repair import ADDED


def without_culprit(master: Master, submission: Submission, last: str) -> tuple[Submission, list[str]] | None:
    """The submission without the answers that the cell `last` (the one running at the end) ran, and their labels.

    None where there is nothing to leave out: the cell is not known, or it ran no answer.
    """
    assert submission.notebook is not None
    notebook = copy.deepcopy(submission.notebook)
    place = next((i for i, cell in enumerate(notebook.cells) if cell.get("id") == last), None)
    if place is None:
        return None
    if ADDED in tags(notebook.cells[place]):
        del notebook.cells[place]
        return replace(submission, notebook=notebook), []
    blamed = [label for label in _answers_run_by(master, last) if submission.attempted.get(label)]
    found = False
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in blamed and not cell.source.startswith(NOTE):
            cell.source = NOTE + "".join(f"# {line}\n" for line in cell.source.splitlines()) + STUB
            found = True
    return (replace(submission, notebook=notebook), blamed) if found else None


NOTE = "# When this answer was run, the Python process ended or did not stop; it was left out so that the rest could be graded.\n"


def _answers_run_by(master: Master, last: str) -> list[str]:
    """The code answers of a cell: itself, those a test is about, or, for another cell, those of its task."""
    task = ""
    for cell in master.cells:
        task = cell.task or task
        if cell.id == last:
            of_task = [answer for answer in master.answers if answer.task == task and answer.kind == "code"]
            chosen = [cell] if cell.solution else master.answers_of(cell) if cell.graded else of_task
            return [answer.label for answer in chosen if answer.label]
    return []


def with_blame(master: Master, result: Result, blamed: dict[str, tuple[Outcome, str]]) -> Result:
    """Give the tests of the answers that were left out the outcome that they caused."""
    known = {cell.label: cell for cell in master.graded}
    cells = []
    for entry in result.cells:
        cell = known[entry.grade_id]
        cause = next((blamed[answer.label] for answer in master.answers_of(cell) if answer.label in blamed), None)
        replaced = cause is not None and not cell.solution and entry.outcome is not Outcome.PASSED
        cells.append(cell_result(cell, cause[0], 0.0, cause[1]) if replaced and cause else entry)
    return result.model_copy(update={"cells": cells})
