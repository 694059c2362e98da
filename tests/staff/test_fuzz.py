"""A hundred notebooks broken at random (a thousand in `make bench`), and what such notebooks have broken before."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from staff.config import load_course
from staff.intake import Submission, load_master, read_submission
from staff.outcomes import Outcome
from staff.record import submission_mark
from tests.staff.fuzzed import NAME, check_fuzzed_class, write_fuzzed_class
from tests.staff.mutations import Notebook
from tests.staff.tiny import MODULE, tiny_notebook

DUE = datetime(2026, 9, 4, 21, 59, tzinfo=UTC)


def odd_outputs(folder: Path, notebook: Notebook) -> None:
    """Half a letter, which no file can hold, in what a cell printed."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "\ud800"}]
    (folder / NAME).write_text(json.dumps(notebook))


def damaged_zip(kind: int) -> Callable[[Path, Notebook], None]:
    """A zip with a whole notebook and a checkpoint whose packed bytes are wrong."""

    def write(folder: Path, notebook: Notebook) -> None:
        with zipfile.ZipFile(folder / f"{MODULE}.zip", "w", kind) as archive:
            archive.writestr(NAME, json.dumps(notebook))
            archive.writestr("artifacts/line.safetensors", Random(1).randbytes(3000))
            at = archive.getinfo("artifacts/line.safetensors").header_offset + 30 + len("artifacts/line.safetensors")
        data = bytearray((folder / f"{MODULE}.zip").read_bytes())
        data[at : at + 40] = b"\xff" * 40
        (folder / f"{MODULE}.zip").write_bytes(data)

    return write


def at(when: str) -> Callable[[Path, Notebook], None]:
    def write(folder: Path, notebook: Notebook) -> None:
        (folder / NAME).write_text(json.dumps(notebook))
        (folder / "timestamp.txt").write_text(when)

    return write


def many_cells(folder: Path, notebook: Notebook) -> None:
    notebook["cells"] += [{"cell_type": "code", "source": f"x{number} = 1"} for number in range(100_000)]
    (folder / NAME).write_text(json.dumps(notebook))


def long_names(folder: Path, notebook: Notebook) -> None:
    for number in range(40):
        (folder / f"{number}{'x' * 200}.ipynb").touch()
    notebook["metadata"]["course"]["version"] = "9" * 100_000
    (folder / NAME).write_text(json.dumps(notebook))


def huge_answer(folder: Path, notebook: Notebook) -> None:
    """Six megabytes of code in a cell of the student's own: its syntax tree would take gigabytes."""
    notebook["cells"].append({"cell_type": "code", "source": "x = 1\n" * 1_000_000})
    (folder / NAME).write_text(json.dumps(notebook))


def blank_lines(folder: Path, notebook: Notebook) -> None:
    """A pattern that looks for the line's beginning from each of them on takes the square of their number."""
    notebook["cells"].append({"cell_type": "code", "source": "\n" * 150_000 + "x = 1"})
    (folder / NAME).write_text(json.dumps(notebook))


WHOLE: dict[str, Callable[[Path, Notebook], None]] = {
    "outputs": odd_outputs, "deflate": damaged_zip(zipfile.ZIP_DEFLATED), "lzma": damaged_zip(zipfile.ZIP_LZMA), "cells": many_cells,
    "first year": at("0001-01-01 00:00:00 +0200"), "last year": at("9999-12-31 23:59:59 UTC"), "no zone": at("2026-09-01 10:00:00 America/Indiana"),
    "names": long_names, "answer": huge_answer, "blank lines": blank_lines,
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.timeout(60)
def test_what_has_broken_the_reading_is_read_whole(name: str, tiny_course: Path) -> None:
    folder = tiny_course / "submitted" / "ada" / MODULE
    folder.mkdir(parents=True)
    WHOLE[name](folder, json.loads(json.dumps(tiny_notebook())))
    submission = read(tiny_course, folder)
    assert submission.notebook is not None and all(submission.attempted.values())
    assert submission_mark(submission)
    told = [finding.message for finding in submission.findings]
    assert all(len(line) < 1000 and "course team" not in line for line in told)


def read(root: Path, folder: Path) -> Submission:
    return read_submission(folder, load_master(load_course(root), root, "m1"), DUE)


def test_a_file_in_the_place_of_the_folder_is_said(tiny_course: Path) -> None:
    folder = tiny_course / "submitted" / "ada" / MODULE
    folder.parent.mkdir(parents=True)
    folder.write_text("{}")
    submission = read(tiny_course, folder)
    assert submission.notebook is None and "there is a file called m1_tiny" in submission.findings[0].message


def test_a_hundred_broken_notebooks(tmp_path: Path) -> None:
    write_fuzzed_class(tmp_path, 0, 100)
    results = check_fuzzed_class(tmp_path)
    kinds = {finding.kind for result in results for finding in result.findings}
    assert len({cell.outcome for result in results for cell in result.cells}) >= 5 and len(kinds) >= 3, "they are broken in many ways"
    assert sum(result.score == 0 for result in results) < 60, "most of them can still be read"
    assert any(cell.outcome is Outcome.PASSED for result in results for cell in result.cells if result.findings)
