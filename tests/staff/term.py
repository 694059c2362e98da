"""A whole course in a folder, and its commands on any day of it.

course.yml is the real one, with every module, date and rule of it (and five late days). One module is the real notebook; the others are
miniatures under their own names, so that a class of twenty costs seconds.
"""

from __future__ import annotations

import copy
import csv
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import NotebookNode
from typer.testing import CliRunner

from staff.cli import app
from staff.config import Course, CourseError, load_course
from staff.engine import Result
from staff.intake import Submission
from staff.judge.engine import JudgeEngine
from staff.master import TEXT_STUB, Master, load_master
from staff.notebook import write_notebook, write_text
from staff.sample_class import reference
from tests.staff import tiny
from tests.staff.hand_ins import canvas, zipped

ROOT = Path(__file__).parents[2]
REAL = "m3_flows"
WRONG = {
    REAL: {"D1": "D1/mutant_no_absolute_value", "E1": "E1/mutant_inverse_order"},
    "": {"D1": tiny.ANSWERS["D1/mutant_plain"], "E1": tiny.ANSWERS["E1/mutant_first"]},
}
PROBLEM = {"title": "A problem", "kind": "extra", "points": {"code": 6, "reflect": 4}, "minutes": 200, "outcomes": ["development"]}


def write_term(root: Path) -> Course:
    """The course's folder: course.yml, a notebook of every graded module, the package that students get."""
    data = yaml.safe_load((ROOT / "course.yml").read_text(encoding="utf-8"))
    data["policies"]["late"] = {"late_days": 5, "max_per_assignment": 2}
    tasks = {**yaml.safe_load(tiny.COURSE)["modules"][0]["tasks"], "AB1": PROBLEM}
    for module in data["modules"]:
        if module["id"] == REAL:
            shutil.copytree(ROOT / "source" / REAL, root / "source" / REAL)
        elif module.get("graded", True):
            module |= {"tasks": tasks, "errata": {}}
            write_notebook(root / "source" / module["id"] / f"{module['id']}.ipynb", miniature(module["id"]))
    write_text(root / "course.yml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    tiny.write_package(root)
    return load_course(root)


def miniature(module: str) -> NotebookNode:
    """The tiny notebook with an A+B problem, as another module."""
    book = tiny.tiny_notebook()
    book.cells[-2:-2] = list(_problem())
    text = nbformat.writes(book).replace(tiny.MODULE, module).replace("m1-", f"{module.split('_')[0]}-")
    return nbformat.reads(text, as_version=4)


def _problem() -> Iterator[NotebookNode]:
    yield tiny.cell("At last, something of your own.", slug="problem")
    yield tiny.cell("### AB1 · A problem · 10 points · 200 min\n\nExtra. Build something that doubles.", "A+B", grade_id="m1-AB1-spec")
    code = tiny.cell("### BEGIN SOLUTION\nfour = double(double(torch.ones(1)))\n### END SOLUTION", "A+B", grade_id="m1-AB1-code")
    code.metadata["nbgrader"] |= {"grade": True, "points": 6}
    yield code
    report = "**AB1, report.** What did you build?\n\n### BEGIN SOLUTION\nReference: twice two.\nRubric: says what (must).\n### END SOLUTION"
    yield tiny.cell(report, "A+B", grade_id="m1-AB1-reflect", points=4)


class Once:
    """The real judge, which is asked once about equal answers: the miniatures have equal tests, and so have twenty equal hand-ins."""

    name = "judge"
    judged: dict[object, Result]

    def __init__(self, course: Course, workers: int = 1, **more: Any) -> None:
        self.judge = JudgeEngine(course, workers, **more)

    def grade(self, master: Master, submissions: Iterable[Submission]) -> Iterator[Result]:
        asked = [(_answers(master, submission), submission) for submission in submissions]
        new = {key: one for key, one in asked if key not in self.judged}
        by_student = {one.student: key for key, one in new.items()}
        for result in self.judge.grade(master, list(new.values())):
            self.judged[by_student[result.student]] = result
        for key, submission in asked:
            yield _as_of(self.judged[key], master, submission)


def _answers(master: Master, submission: Submission) -> object:
    assert submission.notebook is not None
    said = [cell.source for cell, known in zip(submission.notebook.cells, master.cells, strict=True) if known.solution]
    return master.module.id == REAL, tuple(said), tuple(submission.attempted.values())


def _as_of(result: Result, master: Master, submission: Submission) -> Result:
    """The same outcomes under another student's and module's name."""
    old, new = f"{result.module.split('_')[0]}-", f"{master.module.key}-"
    cells = [replace(cell, grade_id=cell.grade_id.replace(old, new, 1)) for cell in result.cells]
    mine = {"student": submission.student, "module": submission.module, "findings": list(submission.findings), "cells": cells}
    return result.model_copy(update=mine)


@dataclass
class Term:
    """The folder, and the command `course` in it. Days are local times: `2026-09-05 10:00`."""

    root: Path
    course: Course
    uploads: int = 0
    masters: dict[str, Master] = field(default_factory=dict)

    def run(self, day: str, *words: str, status: int = 0) -> str:
        """What the command prints, or the message that it ends with."""
        moment = datetime.fromisoformat(day).replace(tzinfo=self.course.zone).isoformat()
        done = CliRunner().invoke(app, [*words, "--root", str(self.root)], env={"COURSE_NOW": moment, "COURSE_DB_URL": None})
        if isinstance(done.exception, CourseError):
            assert status == 2, f"course {' '.join(words)}: {done.exception}"
            return str(done.exception)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == status, f"course {' '.join(words)}: status {done.exit_code}\n{done.output}"
        return done.stdout

    def table(self, name: str, head: str, rows: Sequence[Sequence[str]]) -> str:
        """Write a CSV file; returns its path."""
        path = self.root.parent / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head.split(","), *rows])
        return str(path)

    def download(self, day: str, module: str, files: Sequence[tuple[str, str, bool]], more: dict[str, bytes] | None = None) -> str:
        """Canvas' zip of (student, what, late), in the order of the uploads; returns its path."""
        made: dict[str, bytes] = dict(more or {})
        for student, what, late in files:
            self.uploads += 1
            again = sum(f"ek{student}_" in name for name in made)
            number = f"-{again}" if again else ""
            made[f"ek{student}{'_LATE' if late else ''}_{canvas_id(student)}_{self.uploads}_{module}{number}.zip"] = self.hand_in(module, what)
        when = datetime.fromisoformat(day).replace(tzinfo=self.course.zone)
        return str(canvas(self.root.parent / f"submissions-{self.uploads}.zip", made, when))

    def hand_in(self, module: str, what: str) -> bytes:
        """What a student uploads: the release with answers in it."""
        if module not in self.masters:
            self.masters[module] = load_master(self.course, self.root, module)
        master = self.masters[module]
        answers = _filled(master, what)
        book = self._released(master)
        for cell in book.cells:
            cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
        if "late days" in what:
            book.cells[0].source += f"\n\nI am using {what.split(', ')[1].split()[0]} of my late days."
        return zipped(nbformat.writes(book).encode(), f"{module}.ipynb")

    def _released(self, master: Master) -> NotebookNode:
        """The notebook of the zip that `course release` wrote; of modules that were not released here, the same as text."""
        path = self.root / "dist" / f"{master.module.id}.zip"
        if path.is_file():
            with zipfile.ZipFile(path) as archive:
                return nbformat.read(BytesIO(archive.read(f"{master.module.id}/{master.module.id}.ipynb")), as_version=4)
        book = copy.deepcopy(master.notebook)
        for cell, known in zip(book.cells, master.cells, strict=True):
            cell.source = known.released
        return book


def canvas_id(student: str) -> str:
    return str(sum(ord(letter) * 128**place for place, letter in enumerate(student)))


def _filled(master: Master, what: str) -> dict[str, str]:
    """Grade id -> answer: right, but for what is said to be wrong, untouched or left out."""
    found = {}
    for cell in master.answers:
        left_out = (cell.task.startswith("AB") and "problem" not in what) or (cell.task == "E0" and what == "untouched")
        if not left_out:
            found[cell.label or ""] = reference(cell) if cell.kind == "code" else cell.released.replace(TEXT_STUB, "Because sums come out as sums.")
    if "wrong" in what:
        task = f"{what[0]}1"
        found[f"{master.module.key}-{task}-code"] = _wrong(master, task)
    return found


def _wrong(master: Master, task: str) -> str:
    if master.module.id != REAL:
        return WRONG[""][task]
    return (ROOT / "tests" / "answers" / master.module.key / f"{WRONG[REAL][task]}.py").read_text(encoding="utf-8")
