"""A class of any size of module 3, graded by the whole command, watched from outside."""

from __future__ import annotations

import base64
import json
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import torch
from nbformat.v4 import new_output

from staff.config import load_course
from staff.grading import read_report
from staff.notebook import read_notebook, write_notebook
from tests.bench.memory import Sample, memory, most, watched
from tests.engines import course_folder, hand_in_bank

MODULE = "m3_flows"
ROTATION = 10  # student k hands in answer k mod 10 to every task
PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(100_000)).decode()  # as long as what a figure leaves in a notebook
SECONDS_BETWEEN = 2.0  # two looks: each takes time from the graders
STEP = torch.eye(8) / 2


@dataclass
class Look(Sample):
    """Beside the memory, the CPU seconds that a piece of work took which is always the same."""

    probe: float


def probe() -> float:
    """CPU seconds of some steps in Python and torch: on a shared machine they take more at one time than at another."""
    began, x = time.thread_time(), torch.ones(8, 8)
    for _ in range(3000):
        x = torch.tanh(x @ STEP)
    return time.thread_time() - began


def look(process: psutil.Process) -> Look:
    return Look(**vars(memory(process)), probe=probe())


@dataclass
class Grown:
    """One run: when each submission was done, what its work took, and what memory was held meanwhile."""

    count: int
    wall: float
    began: float
    done: list[float]
    work: dict[str, float]
    samples: list[Look] = field(default_factory=list)

    def most(self, of: str) -> float:
        return most(self.samples, of)

    def around(self, of: str, first: int, last: int) -> float:
        """The mean memory from when the `first` was done until the `last` was."""
        found = [getattr(sample, of) for sample in self.samples if self.done[first] <= sample.at <= self.done[last]]
        return statistics.mean(found) if found else self.most(of)

    def pace(self, first: int, last: int) -> float:
        """Wall seconds per submission from when the `first` was done until the `last` was."""
        return (self.done[last] - self.done[first]) / (last - first)


def growth(run: Grown) -> dict[str, float]:
    """What the last submissions take, times what those after the tenth took: whole rotations of the same notebooks, ten at most.

    "at equal speed" divides by how much longer the same piece of work took meanwhile: a shared machine is not always as fast.
    """
    window = ROTATION * max(1, min(10, (run.count - ROTATION) // (2 * ROTATION)))
    first, last = (ROTATION - 1, ROTATION - 1 + window), (run.count - 1 - window, run.count - 1)
    work = [run.work[student] for student in sorted(run.work)]
    slower = run.around("probe", *last) / run.around("probe", *first)
    ratios = {
        "time": run.pace(*last) / run.pace(*first),
        "work": statistics.mean(work[-window:]) / statistics.mean(work[ROTATION : ROTATION + window]),
    }
    ratios |= {f"{name} at equal speed": ratio / slower for name, ratio in ratios.items()}
    named = {"all processes": "together", "the largest": "largest", "the command's own": "parent"}
    return ratios | {f"memory of {name}": run.around(of, *last) / run.around(of, *first) for name, of in named.items()}


def hand_in_class(root: Path, count: int) -> None:
    """The course with module 3 alone, and `count` hand-ins with the pictures that an executed notebook has."""
    _, master = course_folder(root, MODULE)
    hand_in_bank(root, master, list(range(min(count, ROTATION))))
    for number in range(min(count, ROTATION)):
        path = root / "submitted" / f"student{number:03}" / MODULE / f"{MODULE}.ipynb"
        notebook = read_notebook(path)
        for cell in notebook.cells:
            if cell.cell_type == "code" and "figure" in cell.metadata.get("tags", []):
                cell.outputs = [new_output("display_data", data={"image/png": PICTURE})]
        write_notebook(path, notebook)
    for number in range(count):
        answers = root / "submitted" / f"student{number % ROTATION:03}"
        place = root / "submitted" / f"s{number:05}" / MODULE
        place.mkdir(parents=True)
        shutil.copy(answers / MODULE / f"{MODULE}.ipynb", place)
    for number in range(min(count, ROTATION)):
        shutil.rmtree(root / "submitted" / f"student{number:03}")


def grow(root: Path, count: int, workers: int = 2) -> Grown:
    """Grade `count` submissions with `course autograde`, from reading to the report."""
    hand_in_class(root, count)
    began = time.time()
    call = [sys.executable, "-c", "from staff.cli import main; main()", "autograde", "m3", "--workers", str(workers), "--root", str(root)]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    with watched(psutil.Process(process.pid), SECONDS_BETWEEN, look) as samples:
        said, _ = process.communicate()
    wall = time.time() - began
    assert process.returncode == 0, said.decode()[-3000:]
    results = read_report(root, load_course(root).module("m3"))
    assert len(results) == count
    done = sorted(path.stat().st_mtime for path in root.glob("autograded/*/*/*.ipynb"))
    return Grown(count, wall, began, done, {result.student: result.seconds for result in results}, samples)


def keep(path: Path, runs: list[Grown], stock: dict[int, float]) -> None:
    """What was measured, so that the page can be drawn again."""
    plain = [{**run.__dict__, "samples": [sample.__dict__ for sample in run.samples]} for run in runs]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"runs": plain, "stock": stock}))
