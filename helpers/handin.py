"""Pack a module's notebook and its checkpoints into one file to hand in."""

from __future__ import annotations

import hashlib
import json
import os
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

STUB = 'raise NotImplementedError("write your answer here")'  # what an empty code cell of a release holds
TEXT_STUB = "YOUR ANSWER HERE"  # … and an empty text cell
LARGEST_CHECKPOINT = 50_000_000  # bytes
SAVED_RECENTLY = 120.0  # seconds


def hand_in(module: str, folder: str | Path = ".") -> Path:
    """Write `<module>.zip` into `folder` and return its path: `hand_in("m3_flows")`. Save the notebook first.

    The file holds the notebook, the checkpoints in `artifacts/` and a list of both. Tasks left empty do not stand in
    the way; the table that is printed shows them. Hand in as often as you like.
    """
    if Path(module).name != module:
        raise ValueError(f'module = {module!r}: a name without folders is needed, such as hand_in("m3_flows")')
    folder = Path(folder)
    data, notebook = _read_notebook(module, folder)
    tasks = _tasks(notebook)
    version = notebook["metadata"]["course"].get("version", "unknown")
    print(_table(tasks))
    age = time.time() - (folder / f"{module}.ipynb").stat().st_mtime
    if age > SAVED_RECENTLY:
        print(f"\n{module}.ipynb was saved {_duration(age)} ago. Changed anything since? Save it (Ctrl+S), then run this cell again.")
    checkpoints = _checkpoints(folder)
    path = _write_zip(folder / f"{module}.zip", module, str(version), {f"{module}.ipynb": data, **checkpoints})
    size = path.stat().st_size / 1e6
    print(f"\nWrote {path.name} ({size:.1f} MB): {module}.ipynb, {len(checkpoints)} checkpoint{'s' * (len(checkpoints) != 1)}. Upload this one file.")
    return path


def _read_notebook(module: str, folder: Path) -> tuple[bytes, dict[str, Any]]:
    """The notebook's bytes and content. Raises with a remedy where it is absent, damaged or another module's."""
    path = folder / f"{module}.ipynb"
    if not path.is_file():
        others = sorted(other.stem for other in folder.glob("*.ipynb"))
        found = f'there is {", ".join(others)}: hand_in("{others[0]}")?' if others else "there is no notebook at all"
        where = "the current folder" if folder == Path(".") else f"the folder {folder}"
        raise FileNotFoundError(
            f"{path.name}: no such notebook in {where}; {found}\n"
            "Run this cell in the notebook's own folder, under its own name. On Colab: File > Download .ipynb, and hand in that file as it is."
        )
    data = path.read_bytes()
    try:
        notebook = json.loads(data)
        fine = isinstance(notebook["cells"], list) and all(isinstance(cell, dict) for cell in notebook["cells"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(
            f"{path.name} is damaged, not a Jupyter notebook ({error!r}); save it again in Jupyter (Ctrl+S), then run this cell again"
        ) from None
    if not fine:
        raise ValueError(f"{path.name} is damaged: its cells cannot be read; save it again in Jupyter (Ctrl+S), then run this cell again")
    metadata = notebook.get("metadata")
    course = metadata.get("course") if isinstance(metadata, dict) else None
    course = course if isinstance(course, dict) else {}  # Colab drops what it does not know
    if (other := course.get("module", module)) != module:
        raise ValueError(f'{path.name} is the notebook of {other}, not of {module}; rename it to {other}.ipynb and call hand_in("{other}")')
    return data, {"cells": notebook["cells"], "metadata": {"course": course}}


def _tasks(notebook: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """(task, cell, filled) for each cell that a student writes: `("D1", "code", True)`."""
    rows = []
    for cell in notebook["cells"]:
        metadata = cell.get("metadata")
        marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        if isinstance(marks, dict) and marks.get("solution"):
            _, task, role = (*str(marks.get("grade_id", "")).split("-", 2), "", "")[:3]
            rows.append((task or "?", role or "?", _filled(cell)))
    return rows


def _filled(cell: dict[str, Any]) -> bool:
    """Whether a solution cell holds more than the release's placeholder (and, for text, the question above it)."""
    source = cell.get("source", "")
    lines = [line.strip() for line in ("".join(source) if isinstance(source, list) else str(source)).splitlines()]
    if cell.get("cell_type") == "code":
        return any(lines) and STUB not in lines
    if TEXT_STUB in lines:
        return any(lines[lines.index(TEXT_STUB) + 1 :])
    return any(lines)


def _table(tasks: list[tuple[str, str, bool]]) -> str:
    if not tasks:
        return "No task cells found in this notebook: was it made from the course's release? It is packed as it is."
    width = max(len("cell"), *(len(role) for _, role, _ in tasks))
    lines = [f"task  {'cell':<{width}}  filled", f"----  {'-' * width}  ------"]
    lines += [f"{task:<4}  {role:<{width}}  {'yes' if filled else 'NO, still empty'}" for task, role, filled in tasks]
    empty = sum(not filled for _, _, filled in tasks)
    return "\n".join([*lines, f"{len(tasks) - empty} of {len(tasks)} cells are filled."])


def _checkpoints(folder: Path) -> dict[str, bytes]:
    """`artifacts/*.safetensors` by their names in the zip; what is too large or put aside is left out, the former said."""
    found = {}
    for path in sorted((folder / "artifacts").glob("*.safetensors")):
        if path.name.endswith(".old.safetensors") or not path.is_file():
            continue
        size = path.stat().st_size
        if size > LARGEST_CHECKPOINT:
            print(f"\nartifacts/{path.name} is left out: {size / 1e6:.0f} MB; {LARGEST_CHECKPOINT / 1e6:.0f} MB is the limit.")
            continue
        found[f"artifacts/{path.name}"] = path.read_bytes()
    return found


def _write_zip(path: Path, module: str, version: str, files: dict[str, bytes]) -> Path:
    """Write the files and `manifest.json` through a temporary name, so that a killed kernel leaves no half file."""
    manifest = {
        "module": module,
        "version": version,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
            archive.writestr("manifest.json", json.dumps(manifest, indent=1))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def _duration(seconds: float) -> str:
    for size, unit in ((86_400, "day"), (3_600, "hour")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'s' * (count != 1)}"
    return f"{seconds / 60:.0f} minutes"
