"""`course reproduce`: source notebooks at their `cpu` budget, several seeds each; staff/results_page.py writes what they reached."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from nbclient.exceptions import CellExecutionError

from staff.config import Course, CourseError, Module
from staff.execution import execute
from staff.notebook import grade_id, read_notebook, tags, write_notebook, write_text
from staff.results_page import Run, update_page


def taken_up(root: Path, module: Module, budget: str, on_cell: Callable[[int, int], None], seed: int = 0) -> Run:
    """The run of a notebook: what reports/reproduce keeps of an earlier one of the same code, or a new one, which is then kept."""
    kept = root / "reports" / "reproduce" / f"{module.id}-{budget}-{seed}.json"
    mark = _mark(root, module)
    if kept.is_file() and (found := json.loads(kept.read_text(encoding="utf-8")))["mark"] == mark:
        return Run(module.id, found["minutes"], module.cpu_minutes, found["numbers"])
    run = run_notebook(root, module, budget, on_cell, seed)
    write_text(kept, json.dumps({"mark": mark, "minutes": run.minutes, "numbers": run.numbers}, indent=1) + "\n")
    return run


def _mark(root: Path, module: Module) -> str:
    """Changes with the code of `helpers` and of the notebook's cells; not with its texts, tests, figures and try-it cells."""
    cells = read_notebook(root / "source" / module.id / f"{module.id}.ipynb").cells
    beside = {cell.id for cell in cells if (parsed := grade_id(cell)) and parsed.role in ("check", "hidden")}
    beside |= {cell.id for cell in cells if {"try", "figure"} & set(tags(cell))}
    parts = [cell.source for cell in cells if cell.cell_type == "code" and cell.id not in beside]
    parts += [path.read_text(encoding="utf-8") for path in sorted((root / "helpers").glob("*.py"))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def run_notebook(root: Path, module: Module, budget: str, on_cell: Callable[[int, int], None], seed: int = 0) -> Run:
    """Execute a source notebook in a temporary folder, `seed` added to its seeds; with its outputs it is left in reports/reproduce.

    Raises CourseError with the cell and the error where one fails.
    """
    notebook = read_notebook(root / "source" / module.id / f"{module.id}.ipynb")
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        write_notebook(Path(folder) / f"{module.id}.ipynb", notebook)  # the hand-in cell packs it
        try:
            minutes = execute(notebook, Path(folder), on_cell, 1800, COURSE_BUDGET=budget, COURSE_SEED=str(seed)) / 60
        except CellExecutionError as error:
            raise CourseError(f"source/{module.id}/{module.id}.ipynb stopped at the {budget} budget:\n{error}") from None
        write_notebook(root / "reports" / "reproduce" / f"{module.id}-{budget}-{seed}.ipynb", notebook)
        results = Path(folder) / "artifacts" / "results.json"
        numbers = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    return Run(module.id, minutes, module.cpu_minutes, numbers)


def reproduce(course: Course, root: Path, names: list[str], on_cell: Callable[[str, int, int], None], seeds: int = 1) -> list[Run]:
    """Run the named modules (all that have a source notebook, where none is named), each with `seeds` seeds; write their parts of RESULTS.md.

    Runs that were done before with the same code are not repeated: a killed reproduction goes on where it was.
    """
    wanted = [course.module(name) for name in names] or [m for m in course.modules if (root / "source" / m.id / f"{m.id}.ipynb").exists()]
    runs = []
    for module in wanted:
        first, *others = [taken_up(root, module, "cpu", partial(on_cell, f"{module.id}, seed {seed}"), seed) for seed in range(seeds)]
        runs.append(replace(first, again=tuple(other.numbers for other in others)))
        update_page(root / "RESULTS.md", [item.id for item in course.modules], runs[-1])
    return runs
