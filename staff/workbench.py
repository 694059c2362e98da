"""A source notebook as the answer bank uses it: which cells an answer replaces, and which tests then run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from staff.config import Module
from staff.lint import source_path
from staff.notebook import GradeId, blank, grade_id, read_notebook, tags
from staff.problems import names_left
from staff.trials import Cell, Trial

ROLES = ("code", "answer")  # of solution cells that an answer can replace


@dataclass(frozen=True)
class Workbench:
    """The cells of a source notebook that answers are run with."""

    module: Module
    notebook: NotebookNode

    def _cells(self) -> list[tuple[GradeId | None, NotebookNode]]:
        return [(grade_id(cell), cell) for cell in self.notebook.cells if cell.cell_type == "code"]

    @cached_property
    def setup(self) -> list[Cell]:
        return [Cell(name=cell.id, source=cell.source) for _, cell in self._cells() if "setup" in tags(cell)]

    @cached_property
    def solutions(self) -> list[tuple[GradeId, str]]:
        return [(parsed, cell.source) for parsed, cell in self._cells() if parsed and parsed.role in ("code", "answer")]

    @cached_property
    def tests(self) -> list[tuple[GradeId, Cell, float]]:
        """Automatically graded cells: id, cell, points."""
        found = [(parsed, cell) for parsed, cell in self._cells() if parsed and parsed.role in ("check", "hidden")]
        return [(parsed, Cell(name=str(parsed), source=cell.source), float(cell.metadata["nbgrader"]["points"])) for parsed, cell in found]

    @property
    def tasks(self) -> list[str]:
        """Tasks that are graded automatically, in the notebook's order."""
        return list(dict.fromkeys(parsed.task for parsed, _, _ in self.tests))

    def has_code(self, task: str) -> bool:
        return any(parsed.task == task and parsed.role == "code" for parsed, _ in self.solutions)

    def names(self, task: str) -> set[str]:
        """What the task's solution cells define."""
        trees = [names_left(source) for parsed, source in self.solutions if parsed.task == task]
        return set().union(*trees)

    def _replaced_by(self, task: str, answer: str) -> set[str]:
        """The solution cells whose place an answer to `task` takes."""
        own = [(parsed, names_left(source)) for parsed, source in self.solutions if parsed.task == task]
        code, answers = ({str(parsed): names for parsed, names in own if parsed.role == role} for role in ROLES)
        about = {name for name, known in answers.items() if known & names_left(answer)}
        writes_code = any(known & names_left(answer) for known in code.values())
        return about if code and about and not writes_code else set(code or answers)

    def trial(self, task: str, name: str, answer: str | None = None, *, solved: Callable[[str], bool] = lambda task: False) -> Trial:
        """The trial of an answer to `task`; without one, the task is as `solved` says. `solved` names the tasks that keep the reference.

        An answer replaces the task's code cells (the first; further ones are left out), or its answer cells where it has no code. One that defines
        names of answer cells, and none of the code cells, replaces those answer cells alone: the rest of the task keeps the reference.
        """
        replaced = set() if answer is None else self._replaced_by(task, answer)
        cells: list[Cell] = []
        placed = False
        for parsed, source in self.solutions:
            if answer is not None and str(parsed) in replaced:
                source, placed = ("" if placed else answer), True
            elif not (solved(parsed.task) or (answer is not None and parsed.task == task)):
                source = blank(source)
            cells.append(Cell(name=str(parsed), source=source))
        return Trial(key=f"{task}/{name}", solutions=cells, tests=[cell for parsed, cell, _ in self.tests if parsed.task == task])


def load_workbench(root: Path, module: Module) -> Workbench:
    return Workbench(module, read_notebook(source_path(root, module.id)))
