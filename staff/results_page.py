"""RESULTS.md: a part for each module, with the numbers of its last `course reproduce`, and one for what `make bench` measures of the judge."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from staff.notebook import write_text

HEAD = """# Results

What the source notebooks reach at the `cpu` budget, written by `make reproduce`; `course reproduce MODULE` writes the part of one
module anew and leaves the others. Budgets are in steps, so the numbers do not depend on the machine's speed (to within rounding of
its arithmetic); the minutes do. `other seeds` is what the same notebook reached when every seed was moved by 1 and by 2.
What grading costs stands in the last part, written by `make bench`.
"""

JUDGE = "The judge"  # the name of its part


@dataclass(frozen=True)
class Run:
    """One notebook, executed: its numbers (name -> record of helpers.results) and its minutes."""

    module: str
    minutes: float
    allowed: float
    numbers: dict[str, dict[str, Any]]
    again: tuple[dict[str, dict[str, Any]], ...] = ()  # the numbers of the runs with other seeds


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


def update_page(path: Path, order: list[str], run: Run) -> None:
    """Put the part of `run.module` into the page, which keeps the other parts; those of modules stand in the given order."""
    put_part(path, [*order, JUDGE], run.module, _part(run))


def put_part(path: Path, order: list[str], name: str, body: str) -> None:
    """Replace one part of the page, or add it. A part that is not in the order, of a module that is no more, goes."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    pieces = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    parts = {known: part.strip() for known, part in zip(pieces[1::2], pieces[2::2], strict=True)} | {name: body}
    write_text(path, HEAD + "".join(f"\n## {known}\n\n{parts[known]}\n" for known in order if known in parts))


def machine() -> str:
    """Where the numbers come from, in words."""
    return f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}, {_torch()}"


def _part(run: Run) -> str:
    lines = [
        f"{run.minutes:.1f} minutes for the whole notebook, {run.allowed:g} allowed; {machine()}.",
        "",
        "| number | reached | other seeds | reference | gap | bar | training |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, record in run.numbers.items():
        lines.append(_line(name, record, [numbers[name]["value"] for numbers in run.again if name in numbers]))
    return "\n".join(lines)


def _gap(record: dict[str, Any]) -> float:
    return float(record["value"] - (record["reference"] or 0.0))


def _line(name: str, record: dict[str, Any], again: list[float]) -> str:
    reference = "–" if record["reference"] is None else f"{record['reference']:.4g} ({record['reference_name']})"
    gap = "–" if record["reference"] is None else f"{_gap(record):+.3g}"
    bar = "–" if record["bar"] is None else f"{record['bar']:g}"
    seconds = "–" if record["seconds"] is None else f"{record['seconds']:.0f} s"
    unit = f" {record['unit']}" if record["unit"] else ""
    others = ", ".join(f"{value:.4g}" for value in again) or "–"
    return f"| {name} | {record['value']:.4g}{unit} | {others} | {reference} | {gap} | {bar} | {seconds} |"


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
