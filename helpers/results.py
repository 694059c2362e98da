"""The table of what a notebook measured: one line a number, with what it could have been at best."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.display import Markdown

FILE = "results.json"


def record_result(
    name: str,
    value: float,
    *,
    unit: str = "",
    reference: float | None = None,
    reference_name: str = "oracle",
    bar: float | None = None,
    seconds: float | None = None,
    folder: str | Path = "artifacts",
) -> None:
    """Keep a measured number in `folder/results.json`; the same name again replaces it.

    value:      what was measured, in `unit`.
    reference:  the known optimum, or what a baseline reaches; `reference_name` says which of the two it is.
    bar:        the largest acceptable gap |value - reference| (or value, where there is no reference) at the `cpu` budget.
    seconds:    how long the training took.
    """
    path = Path(folder) / FILE
    records = _read(path)
    records[name] = {
        "value": float(value),
        "unit": unit,
        "reference": None if reference is None else float(reference),
        "reference_name": reference_name,
        "bar": bar,
        "seconds": seconds,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{FILE}.{os.getpid()}.tmp")
    temporary.write_text(json.dumps(records, indent=1), encoding="utf-8")
    temporary.replace(path)


def results_table(folder: str | Path = "artifacts") -> Markdown:
    """All numbers recorded so far, as a table for the notebook."""
    from IPython.display import Markdown

    lines = ["| what | measured | reference | gap | unit | training |", "|---|---:|---:|---:|---|---:|"]
    for name, record in _read(Path(folder) / FILE).items():
        lines.append(f"| {name} | {record['value']:.4g} | {_reference(record)} | {record['unit']} | {_seconds(record)} |")
    return Markdown("\n".join(lines))


def _reference(record: dict[str, Any]) -> str:
    if record["reference"] is None:
        return "– | –"
    gap = record["value"] - record["reference"]
    difference = f"{gap:+.2g}" if abs(gap) < 10 else f"{gap:+.0f}"  # 100, not 1e+02
    return f"{record['reference']:.4g} ({record['reference_name']}) | {difference}"


def _seconds(record: dict[str, Any]) -> str:
    return "–" if record["seconds"] is None else f"{record['seconds']:.0f} s"


def _read(path: Path) -> dict[str, Any]:
    """The records so far; a damaged file counts as none, since every cell can write its line again."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return records if isinstance(records, dict) else {}
