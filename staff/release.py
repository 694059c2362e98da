"""`course release`: from source/ to release/ and dist/, built aside, proved, and only then put in place.

nbgrader's own generate_assignment makes the notebook, in a temporary course without a gradebook: nothing is registered anywhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode
from pydantic import BaseModel
from rich.progress import Progress

from staff.bundle import build_wheel, bundle, write_zip
from staff.config import Course, CourseError, Module
from staff.leaks import file_leaks, leaks
from staff.lint import check_notebook, source_path
from staff.notebook import grade_id, read_notebook, write_notebook, write_text
from staff.outcomes import Outcome
from staff.trials import Cell, Plan, Trial, run_trials
from staff.versions import ERRATA, earlier_releases, errata_page, keep_release, version_problems
from staff.workbench import Workbench

DATA = "data"
STAGES = ("lint", "generate", "prove", "blank scores 0", "zip", "put in place")


class ReleaseReport(BaseModel):
    """What a release did, or with `check` what it would do: `differences` are the files that are not what they should be."""

    module: str
    version: str
    cells: int
    new_ids: list[str]
    differences: list[str]
    written: list[str]

    @property
    def current(self) -> bool:
        """Whether release/ was already what this release makes."""
        return not self.differences


def release(course: Course, root: Path, module: Module | str, *, check: bool = False, progress: Progress | None = None) -> ReleaseReport:
    """Build and prove a module's release; then replace release/<module>/ and dist/<module>.zip, or with `check` only compare release/.

    Raises CourseError, with everything that is wrong, before anything is replaced.
    """
    module = course.module(module) if isinstance(module, str) else module
    bar = progress.add_task(f"release {module.id}", total=len(STAGES)) if progress else None

    def stage(name: str) -> None:
        if progress and bar is not None:
            progress.update(bar, description=f"release {module.id}: {name}", completed=STAGES.index(name))

    with tempfile.TemporaryDirectory(prefix="course-release-") as name:
        built = build(course, root, module, Path(name), stage)
        report = _report(course, root, module, built)
        if not check:
            stage("zip")
            wheel = build_wheel(root, Path(name) / "wheel")
            files = bundle(root, built, module.id, wheel)
            stage("put in place")
            kept = keep_release(root, module.id, course.version)
            swap(built, root / "release" / module.id)
            write_zip(root / "dist" / f"{module.id}.zip", files)
            report.written = [f"release/{module.id}", f"dist/{module.id}.zip", *([kept.relative_to(root).as_posix()] if kept else [])]
    if progress and bar is not None:
        progress.update(bar, description=f"release {module.id}", completed=len(STAGES))
    return report


def build(course: Course, root: Path, module: Module, folder: Path, stage: Callable[[str], None] = lambda name: None) -> Path:
    """Build and prove the released folder of a module inside `folder`; returns its path."""
    stage("lint")
    problems = [str(problem) for problem in check_notebook(course, root, module)]
    _refuse(module, "the source is not in order", problems)
    source = read_notebook(source_path(root, module.id))
    stage("generate")
    built = generate(course, root, module, folder)
    path = built / f"{module.id}.ipynb"
    notebook = read_notebook(path)
    notebook.metadata["course"] = {"module": module.id, "version": course.version}
    write_notebook(path, notebook)
    if module.errata:
        write_text(built / ERRATA, errata_page(module))
    stage("prove")
    data = root / "source" / module.id / DATA
    expected = {path.name} | {item.relative_to(data.parent).as_posix() for item in data.rglob("*") if item.is_file()}
    expected |= {ERRATA} if module.errata else set()
    before = [*earlier_releases(root, module.id).values(), *([current] if (current := _released(root, module)) else [])]
    problems = [*leaks(source, notebook), *file_leaks(built, expected, source), *version_problems(course, module, before, notebook)]
    _refuse(module, "the release is not fit to go out", problems)
    stage("blank scores 0")
    _refuse(module, "a blank release scores", scoring_cells(course, Workbench(module, source), notebook))
    return built


def generate(course: Course, root: Path, module: Module, folder: Path) -> Path:
    """Run nbgrader's generate_assignment on a copy of the module in a temporary course; returns the generated folder."""
    copy = folder / "source" / module.id
    copy.mkdir(parents=True)
    origin = root / "source" / module.id
    shutil.copy(origin / f"{module.id}.ipynb", copy)
    if (origin / DATA).is_dir():
        shutil.copytree(origin / DATA, copy / DATA, ignore=shutil.ignore_patterns(".*"))
    here = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])}
    command = [sys.executable, "-m", "staff.generate", str(folder), module.id]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    built = folder / "release" / module.id
    if done.returncode or not (built / f"{module.id}.ipynb").is_file():
        lines = [line for line in done.stderr.splitlines() if "Error" in line]
        raise CourseError(f"nbgrader generate_assignment {module.id} failed: " + "\n".join(lines or [done.stderr[-1000:]]))
    return built


def scoring_cells(course: Course, master: Workbench, released: NotebookNode) -> list[str]:
    """Graded cells (with their hidden tests) that pass on the released notebook as it is, run in a fresh process."""
    blanks = {str(parsed): cell.source for cell in released.cells if (parsed := grade_id(cell))}
    solutions = [Cell(name=str(parsed), source=blanks[str(parsed)]) for parsed, _ in master.solutions]
    trial = Trial(key="blank", solutions=solutions, tests=[cell for _, cell, _ in master.tests])
    plan = Plan(setup=master.setup, trials=[trial], workers=1, seconds=course.limits.cell_seconds)
    tests = run_trials(plan)["blank"].tests
    return [f"{test.grade_id} passes on a blank notebook; its test asks for nothing" for test in tests if test.outcome is Outcome.PASSED]


def swap(new: Path, old: Path) -> None:
    """Put the folder `new` in the place of `old` by renames beside it: a killed run leaves one of them whole."""
    old.parent.mkdir(parents=True, exist_ok=True)
    staged, aside = (old.with_name(f".{old.name}.{kind}.{os.getpid()}.tmp") for kind in ("new", "old"))
    shutil.copytree(new, staged)
    if old.exists():
        old.rename(aside)
    staged.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def _refuse(module: Module, what: str, problems: list[str]) -> None:
    if problems:
        raise CourseError("\n".join([f"{module.id}: {what}; nothing was replaced:", *(f"  {problem}" for problem in problems)]))


def _released(root: Path, module: Module) -> NotebookNode | None:
    path = root / "release" / module.id / f"{module.id}.ipynb"
    return read_notebook(path) if path.is_file() else None


def _report(course: Course, root: Path, module: Module, built: Path) -> ReleaseReport:
    """Compare what was built with release/ byte by byte."""
    target = root / "release" / module.id
    new = {path.relative_to(built).as_posix(): path.read_bytes() for path in built.rglob("*") if path.is_file()}
    old = {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    words = {(True, False): "missing from release/", (False, True): "not made by the source", (True, True): "differs"}
    differences = [
        f"{module.id}/{name}: {words[name in new, name in old]}" for name in sorted(new.keys() | old.keys()) if new.get(name) != old.get(name)
    ]
    notebook, previous = read_notebook(built / f"{module.id}.ipynb"), _released(root, module)
    known = {cell.get("id") for cell in previous.cells} if previous else set()
    new_ids = [str(parsed) for cell in notebook.cells if (parsed := grade_id(cell)) and cell.id not in known]
    return ReleaseReport(module=module.id, version=course.version, cells=len(notebook.cells), new_ids=new_ids, differences=differences, written=[])
