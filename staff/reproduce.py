"""`course reproduce`: every source notebook at its `cpu` budget, and RESULTS.md with what it reached."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError
from rich.table import Table

from staff.config import Course, CourseError, Module
from staff.execution import execute
from staff.notebook import grade_id, read_notebook, tags, write_notebook, write_text


@dataclass(frozen=True)
class Run:
    """One notebook, executed: its numbers (name -> record of helpers.results) and its minutes."""

    module: str
    minutes: float
    allowed: float
    numbers: dict[str, dict[str, Any]]
    again: tuple[dict[str, dict[str, Any]], ...] = ()  # the numbers of the runs with other seeds


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
    """Run the named modules (all that have a source notebook, where none is named), each with `seeds` seeds; write RESULTS.md if it was all.

    Runs that were done before with the same code are not repeated: a killed reproduction goes on where it was.
    """
    wanted = [course.module(name) for name in names] or [m for m in course.modules if (root / "source" / m.id / f"{m.id}.ipynb").exists()]
    runs = []
    for module in wanted:
        first, *others = [taken_up(root, module, "cpu", partial(on_cell, f"{module.id}, seed {seed}"), seed) for seed in range(seeds)]
        runs.append(replace(first, again=tuple(other.numbers for other in others)))
    if not names:
        write_text(root / "RESULTS.md", _page(runs))
    return runs


def missed(run: Run) -> list[str]:
    """What a run did not reach: a bar, or the minutes of course.yml."""
    problems = [f"{run.module}: {run.minutes:.1f} minutes, {run.allowed:g} allowed"] if run.minutes > run.allowed else []
    for seed, numbers in enumerate([run.numbers, *run.again]):
        for name, record in numbers.items():
            gap = _gap(record)
            if record["bar"] is not None and gap > record["bar"]:
                problems.append(f"{run.module}, seed {seed}: {name}: {gap:.4g} is above the bar {record['bar']:g}")
    return problems


def results_table(runs: list[Run]) -> Table:
    """The numbers of the runs, for the terminal."""
    table = Table("module", "number", "reached", "reference", "bar", title="RESULTS.md", title_justify="left")
    for run in runs:
        for name, record in run.numbers.items():
            reference = "–" if record["reference"] is None else f"{record['reference']:.4g}"
            bar = "–" if record["bar"] is None else f"{record['bar']:g}"
            table.add_row(run.module, name, f"{record['value']:.4g} {record['unit']}", reference, bar)
    return table


def _gap(record: dict[str, Any]) -> float:
    return float(record["value"] - (record["reference"] or 0.0))


def _page(runs: list[Run]) -> str:
    lines = [
        "# Results",
        "",
        "What the source notebooks reach at the `cpu` budget, written by `make reproduce`. Budgets are in steps, so the numbers do not",
        "depend on the machine's speed (to within rounding of its arithmetic); the minutes do.",
        "",
        f"Machine: {os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}, {_torch()}.",
        "",
        "`other seeds` is what the same notebook reached when every seed was moved by 1 and by 2.",
        "",
        "| module | number | reached | other seeds | reference | gap | bar | training |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for run in runs:
        for name, record in run.numbers.items():
            lines.append(_line(run.module, name, record, [numbers[name]["value"] for numbers in run.again if name in numbers]))
    lines += ["", "| module | minutes, whole notebook | allowed |", "|---|---:|---:|"]
    lines += [f"| {run.module} | {run.minutes:.1f} | {run.allowed:g} |" for run in runs]
    return "\n".join(lines) + "\n"


def _line(module: str, name: str, record: dict[str, Any], again: list[float]) -> str:
    reference = "–" if record["reference"] is None else f"{record['reference']:.4g} ({record['reference_name']})"
    gap = "–" if record["reference"] is None else f"{_gap(record):+.3g}"
    bar = "–" if record["bar"] is None else f"{record['bar']:g}"
    seconds = "–" if record["seconds"] is None else f"{record['seconds']:.0f} s"
    unit = f" {record['unit']}" if record["unit"] else ""
    others = ", ".join(f"{value:.4g}" for value in again) or "–"
    return f"| {module} | {name} | {record['value']:.4g}{unit} | {others} | {reference} | {gap} | {bar} | {seconds} |"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _torch() -> str:
    import torch

    return f"torch {torch.__version__}"
