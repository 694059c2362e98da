"""Hand-ins of the tiny course as students and Canvas make them."""

from __future__ import annotations

import copy
import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import nbformat

from staff.master import released
from staff.notebook import write_text
from tests.staff.tiny import tiny_notebook

MODULE = "m1_tiny"
IN_TIME = datetime(2026, 9, 2, 10, tzinfo=UTC)  # due on Friday 4 September, 23:59 in Stockholm
ANSWERS = {
    "m1-E0-answer-disclosure": 'ai_use = "none"',
    "m1-E1-code": "def double(x):\n    return 2 * x",
    "m1-E1-reflect": "Because sums come out of it as they were.",
    "m1-D1-code": "def weighted_mean(x, w):\n    return (w * x).sum() / w.sum()",
}
ROSTER = "student,canvas_id,login,name\nalice,101,alice,Alice Ek\nbob,102,bob,Bob Ö\nchen,103,chen,Chen\n"


def notebook(*empty: str, top: str = "", **answers: str) -> bytes:
    """The tiny release, filled in but for the cells `empty`; `top` is written into its first cell."""
    made = copy.deepcopy(tiny_notebook())
    given = {name: text for name, text in {**ANSWERS, **answers}.items() if name not in empty}
    for cell in made.cells:
        label = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        cell.source = given.get(label) or released(cell)
    made.cells[0].source += f"\n\n{top}"
    return nbformat.writes(made).encode()


def zipped(data: bytes, name: str = f"{MODULE}.ipynb", **more: bytes) -> bytes:
    """What the hand-in cell writes; the same bytes at any time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for other, content in {name: data, **more}.items():
            archive.writestr(zipfile.ZipInfo(other), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def canvas(path: Path, files: dict[str, bytes], when: datetime = IN_TIME) -> Path:
    """Canvas' download, made at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


def write_roster(root: Path, text: str = ROSTER) -> None:
    write_text(root / "roster.csv", text)


def tree(root: Path) -> dict[str, bytes]:
    """Every file that collecting may write, with its bytes."""
    folders = ("attempts", "submitted", "feedback")
    paths = [path for name in folders for path in (root / name).rglob("*") if path.is_file() and path.name != ".lock"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
