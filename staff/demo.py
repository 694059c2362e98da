"""`course demo`: a sample class, graded, with feedback, a table and a page, in one go."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from staff import report
from staff.config import Course
from staff.feedback import write_feedback
from staff.grading import autograde
from staff.intake import load_master, read_submission
from staff.outcomes import Result
from staff.sample_class import DID, make_class, refuse_real_students

MODULE = "m3_flows"
Report = Callable[[int, int, str], None]


def run_demo(course: Course, root: Path, console: Console, into: Path | None = None, module: str = MODULE, workers: int = 2) -> list[Result]:
    """Make the sample class, grade it, write feedback, print the table, write reports/demo.html.

    Works in `root`, or in the folder `into` (made where it is not there). Raises CourseError rather than touch real hand-ins.
    """
    began = time.monotonic()
    chosen = course.module(module)
    place = _place(root, into, chosen.id)
    refuse_real_students(place)
    _forget_sample_class(place)
    with _bars(console) as bar:
        did = make_class(course, place, chosen.id, root / "tests" / "answers" / chosen.key, bar("sample class"))
        results = autograde(course, place, chosen.id, progress=bar("autograde"), workers=workers).results
        write_feedback(course, place, chosen.id, progress=bar("feedback"))
    master = load_master(course, place, chosen.id)
    best = read_submission(place / "submitted" / next(iter(DID)) / chosen.id, master, None)
    gallery = report.model_pictures(master, best)
    page = report.write_page(course, place, master, results, did, gallery, time.monotonic() - began)
    console.print(report.table(course, chosen, results))
    for result in results:
        for finding in result.findings:
            console.print(f"{result.student}: {finding.kind.value}: {finding.message}", markup=False, highlight=False)
    console.print(f"\n{page} · feedback/<student>/{chosen.id}/{chosen.id}.html · {time.monotonic() - began:.0f} s", highlight=False)
    return results


def _place(root: Path, into: Path | None, module: str) -> Path:
    """The folder to work in: the course's own, or `into` with the course's definition, source and release copied there."""
    if into is None:
        return root
    refuse_real_students(into)
    for name in ("source", "release"):
        if (root / name / module).is_dir():
            shutil.copytree(root / name / module, into / name / module, dirs_exist_ok=True)
    for name in ("course.yml", "nbgrader_config.py"):
        if (root / name).is_file():
            into.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, into / name)
    return into


def _forget_sample_class(place: Path) -> None:
    """Remove the gradebook and results of an earlier demo; a gradebook with any other student in it is left alone."""
    gradebook = place / "gradebook.db"
    if gradebook.is_file():
        try:
            with closing(sqlite3.connect(gradebook)) as connection:
                students = {row[0] for row in connection.execute("select id from student")}
        except sqlite3.Error:
            return
        if students - set(DID):
            return
        gradebook.unlink()
    for student in DID:
        for folder in ("autograded", "feedback"):
            shutil.rmtree(place / folder / student, ignore_errors=True)


@contextmanager
def _bars(console: Console) -> Iterator[Callable[[str], Report]]:
    """Progress bars: call with a name, get a function to report to."""
    verb, what = TextColumn("{task.fields[verb]:<12}"), TextColumn("{task.description}")
    with Progress(SpinnerColumn(), verb, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), what, console=console) as progress:

        def add(verb: str) -> Report:
            row = progress.add_task("", total=None, verb=verb)

            def tell(done: int, total: int, what: str) -> None:
                progress.update(row, completed=done, total=total, description=what)

            return tell

        yield add
