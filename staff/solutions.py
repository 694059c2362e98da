"""`course release-solutions`: a module's notebook with its solutions, when nobody can hand it in any more.

Shown are the solutions with their comments and the reference answers to questions. Left out are the hidden tests and the rubrics, by which the
next class is graded, the hand-in cell and what nbgrader keeps in a notebook: nobody can hand it in as an assignment.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from pydantic import BaseModel
from sqlalchemy import inspect, text

from staff.config import Course, CourseError, Module
from staff.database import reading, writing
from staff.leaks import MARKERS, SHORTEST, released_source
from staff.lint import check_notebook, source_path
from staff.moments import now
from staff.notebook import BEGIN_HIDDEN, BEGIN_SOLUTION, END_HIDDEN, END_SOLUTION, grade_id, read_notebook, regions, tags, without_regions
from staff.notebook import write_notebook as write
from staff.release import DATA, swap
from staff.solutions_due import reasons_against

TABLE = """CREATE TABLE IF NOT EXISTS course_solutions (
    number INTEGER PRIMARY KEY, module VARCHAR(64) NOT NULL, who VARCHAR(128) NOT NULL, why TEXT NOT NULL,
    against TEXT NOT NULL, at VARCHAR(32) NOT NULL)"""
NOTE = """**These are solutions**: one right answer to each task, of several; where a reflection asks about your own numbers, those of one run.
Run the notebook to see the figures.
The hidden tests are not in it."""
RUBRIC = re.compile(r"^Rubric\b")


class Forced(BaseModel):
    """One line of the log: solutions that went out although answers could still be handed in."""

    module: str
    who: str
    why: str
    against: str
    at: datetime


def release_solutions(course: Course, root: Path, module: Module, *, force: bool = False, who: str = "", why: str = "") -> tuple[Path, list[str]]:
    """Write dist/solutions/<module>. Returns the folder, and what it was forced against.

    Raises CourseError, and writes nothing, while somebody may still hand the module in, unless it is forced with a name and a reason.
    """
    who, why = " ".join(who.split()), " ".join(why.split())
    if force and not (who and why):
        raise CourseError("course release-solutions --force is logged: give --by NAME and --reason TEXT")
    if (who or why) and not force:
        raise CourseError("course release-solutions: --by and --reason go with --force")
    against = reasons_against(course, root, module, now())
    if against and not force:
        lines = [f"{module.id}: answers may still be handed in, so the solutions stay where they are:", *(f"  {reason}" for reason in against)]
        raise CourseError("\n".join([*lines, "or give --force --by NAME --reason TEXT, which is logged"]))
    with tempfile.TemporaryDirectory(prefix="course-solutions-") as name:
        built = _build(course, root, module, Path(name) / module.id)
        if against:
            _log(course, root, Forced(module=module.id, who=who, why=why, against="; ".join(against), at=now()))
        target = root / "dist" / "solutions" / module.id
        swap(built, target)
    return target, against


def _build(course: Course, root: Path, module: Module, folder: Path) -> Path:
    """The folder as students get it, proved to hold no hidden test."""
    path = source_path(root, module.id)
    if not path.is_file():
        raise CourseError(f"{path}: not found; the module is not written yet")
    problems = [str(problem) for problem in check_notebook(course, root, module)]
    source = read_notebook(path)
    solved = solution_notebook(course, module, source)
    problems += hidden_left(source, solved)
    if problems:
        raise CourseError("\n".join([f"{module.id}: the solutions are not fit to go out; nothing was written:", *problems]))
    write(folder / f"{module.id}_solutions.ipynb", solved)
    if (path.parent / DATA).is_dir():
        shutil.copytree(path.parent / DATA, folder / DATA, ignore=shutil.ignore_patterns(".*"))
    return folder


def solution_notebook(course: Course, module: Module, source: NotebookNode) -> NotebookNode:
    """The source notebook with solutions and reference answers to be read, and nothing by which students are graded."""
    solved = NotebookNode(source.copy())
    kept = [cell for cell in source.cells if "handin" not in tags(cell) and not cell.id.endswith("-handin-text")]
    cells = [_shown(cell) for cell in kept]
    note = new_markdown_cell(NOTE)
    note.id = f"{module.key}-solutions"
    solved.cells = [*cells[:1], note, *cells[1:]]
    solved.metadata = NotebookNode({key: source.metadata[key] for key in ("kernelspec", "language_info") if key in source.metadata})
    solved.metadata["course"] = {"module": module.id, "version": course.version, "solutions": True}
    return solved


def _shown(cell: NotebookNode) -> NotebookNode:
    """One cell: the hidden region is gone, the solution stands without its markers; no flag of nbgrader is left."""
    shown = NotebookNode({**cell, "metadata": NotebookNode({"tags": tags(cell)}) if tags(cell) else NotebookNode()})
    parsed = grade_id(cell)
    text = without_regions(cell.source, BEGIN_HIDDEN, END_HIDDEN)
    if cell.cell_type == "code":
        lines = [_marker(line) for line in text.splitlines()]
        shown.source = "\n".join(line for line in lines if line is not None)
    else:
        shown.source = _answered(text)
    if parsed and parsed.role == "hidden":
        shown.source += "\n# (the tests themselves are not shown)"
    return shown


def _marker(line: str) -> str | None:
    """`### BEGIN SOLUTION` becomes a comment, `### END SOLUTION` goes."""
    if line.strip() == END_SOLUTION:
        return None
    return line.replace(BEGIN_SOLUTION, "# One solution:") if line.strip() == BEGIN_SOLUTION else line


def _answered(text: str) -> str:
    """A question with its reference answer as a quotation; the rubric, to the end of the region, is left out."""
    for region in regions(text, BEGIN_SOLUTION, END_SOLUTION):
        lines = region.splitlines()
        end = next((number for number, line in enumerate(lines) if RUBRIC.match(line)), len(lines))
        answer = re.sub(r"\AReference: *", "**Reference answer.** ", "\n".join(lines[:end]).strip())
        quoted = "\n".join(f"> {line}".rstrip() for line in answer.splitlines())
        text = text.replace(f"{BEGIN_SOLUTION}\n{region}\n{END_SOLUTION}", quoted, 1)
    return text


def hidden_left(source: NotebookNode, solved: NotebookNode) -> list[str]:
    """Lines of hidden tests and rubrics, and markers, that stand in the solutions though nothing that students may read has them."""
    allowed = "\n".join([*(released_source(cell) for cell in source.cells), *_solution_lines(source)])
    secret = {line.strip() for cell in source.cells for line in _secret_lines(cell)}
    secret = {line for line in secret if len(line) >= SHORTEST and line not in allowed}
    found = []
    for cell in solved.cells:
        found += [f"{cell.id}: a line of a hidden test or rubric is left: {line[:60]!r}" for line in sorted(secret) if line in cell.source]
        found += [f"{cell.id}: the marker {marker!r} is left" for marker in MARKERS if marker in cell.source]
    return found


def _secret_lines(cell: NotebookNode) -> list[str]:
    lines = [line for region in regions(cell.source, BEGIN_HIDDEN, END_HIDDEN) for line in region.splitlines()]
    for region in regions(cell.source, BEGIN_SOLUTION, END_SOLUTION) if cell.cell_type == "markdown" else []:
        rubric = re.search(r"^Rubric\b[\s\S]*", region, re.MULTILINE)
        lines += rubric[0].splitlines() if rubric else []
    return lines


def _solution_lines(source: NotebookNode) -> list[str]:
    """What solutions show anyway: hidden tests use such lines, too."""
    return [region for cell in source.cells if cell.cell_type == "code" for region in regions(cell.source, BEGIN_SOLUTION, END_SOLUTION)]


def _log(course: Course, root: Path, entry: Forced) -> None:
    with writing(course, root) as connection:
        connection.execute(text(TABLE))
        number = "(SELECT COALESCE(MAX(number), 0) + 1 FROM course_solutions)"
        query = f"INSERT INTO course_solutions (number, module, who, why, against, at) SELECT {number}, :module, :who, :why, :against, :at"
        connection.execute(text(query), {**entry.model_dump(exclude={"at"}), "at": entry.at.isoformat()})


def forced_log(course: Course, root: Path) -> list[Forced]:
    """What was forced, oldest first."""
    with reading(course, root) as connection:
        if not inspect(connection).has_table("course_solutions"):
            return []
        rows = connection.execute(text("SELECT module, who, why, against, at FROM course_solutions ORDER BY number"))
        return [Forced.model_validate(dict(row._mapping)) for row in rows]
