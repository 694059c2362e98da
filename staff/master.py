"""A module's source notebook as grading sees it: which cells are locked, which are answers, and what students never see."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from staff.config import Course, Module, tier_of
from staff.notebook import (
    BEGIN_HIDDEN,
    BEGIN_SOLUTION,
    END_HIDDEN,
    END_SOLUTION,
    STUB,
    GradeId,
    grade_id,
    read_notebook,
    regions,
    tags,
    without_regions,
)
from staff.versions import earlier_releases

TEXT_STUB = "YOUR ANSWER HERE"  # nbgrader's stub of a written answer
PARSED = 200_000  # letters: a syntax tree takes some hundred times the memory of its text
SECRET_LENGTH = 12  # shorter lines ("return x") say nothing


@dataclass(frozen=True)
class MasterCell:
    """One cell of the source; `released` is the text that students get."""

    id: str
    kind: str
    source: str
    released: str
    label: str | None
    grade: GradeId | None
    graded: bool
    solution: bool
    locked: bool
    points: float
    tags: tuple[str, ...]
    names: frozenset[str]
    earlier: frozenset[str] = frozenset()  # its texts in earlier releases

    @property
    def texts(self) -> frozenset[str]:
        """Every text of this cell that students were ever given."""
        return self.earlier | {self.released}

    @property
    def task(self) -> str:
        return self.grade.task if self.grade else ""

    @property
    def role(self) -> str:
        return self.grade.role if self.grade else ""


@dataclass(frozen=True)
class Master:
    """The source notebook of one module: `version` is what its release is stamped with, `kept` are the earlier ones in `released/`."""

    module: Module
    notebook: NotebookNode
    cells: tuple[MasterCell, ...]
    zone: str
    version: str
    kept: frozenset[str] = frozenset()

    @cached_property
    def graded(self) -> list[MasterCell]:
        return [cell for cell in self.cells if cell.graded]

    @cached_property
    def answers(self) -> list[MasterCell]:
        return [cell for cell in self.cells if cell.solution]

    @cached_property
    def by_label(self) -> dict[str, MasterCell]:
        return {cell.label: cell for cell in self.cells if cell.label}

    def answers_of(self, graded: MasterCell) -> list[MasterCell]:
        """The answer cells that a graded cell is about: itself, those of its slug, or all code of its task."""
        if graded.solution:
            return [graded]
        of_task = [cell for cell in self.answers if cell.task == graded.task and cell.kind == "code"]
        slug = graded.grade.slug if graded.grade else None
        return [cell for cell in of_task if slug and cell.grade and cell.grade.slug == slug] or of_task

    @cached_property
    def tasks(self) -> list[str]:
        """For each cell the task it belongs to; a cell without a grade id goes with the task before it if the tier is its own, else with the next."""
        named = [cell.task for cell in self.cells]
        found = []
        for index, cell in enumerate(self.cells):
            before = next((task for task in reversed(named[: index + 1]) if task), "")
            after = next((task for task in named[index:] if task), before)
            is_before = not cell.tags or not before or tier_of(before).value in cell.tags
            found.append(cell.task or (before if is_before and before else after))
        return found

    def spec_title(self, task: str) -> str:
        """`D1 · Change of variables`, from course.yml."""
        return f"{task} · {self.module.tasks[task].title}" if task in self.module.tasks else task

    @cached_property
    def secrets(self) -> frozenset[str]:
        """Every stripped line of a solution or a hidden test that says something and that students were not given."""
        public = {line.strip() for cell in self.cells for line in cell.released.splitlines()}
        kinds = ((BEGIN_SOLUTION, END_SOLUTION), (BEGIN_HIDDEN, END_HIDDEN))
        parts = [part for cell in self.cells for begin, end in kinds for part in regions(cell.source, begin, end)]
        lines = {line.strip() for part in parts for line in part.splitlines()}
        return frozenset(line for line in lines - public if len(line) >= SECRET_LENGTH)


def load_master(course: Course, root: Path, module: str) -> Master:
    """The master of a module from `source/`. Raises CourseError where there is none."""
    chosen = course.module(module)
    notebook = read_notebook(root / "source" / chosen.id / f"{chosen.id}.ipynb")
    kept = earlier_releases(root, chosen.id)
    texts: dict[str, set[str]] = {}
    for cell in (cell for release in kept.values() for cell in release.cells):
        texts.setdefault(cell.get("id", ""), set()).add(cell.source)
    cells = tuple(_cell(cell, frozenset(texts.get(cell.get("id", ""), ()))) for cell in notebook.cells)
    return Master(chosen, notebook, cells, course.timezone, course.version, frozenset(kept))


def released(cell: NotebookNode) -> str:
    """A cell's text in the release: solutions replaced by the stub, hidden tests left out (as nbgrader does)."""
    is_code = cell.cell_type == "code"
    visible = without_regions(cell.source, BEGIN_HIDDEN, END_HIDDEN)
    blank = without_regions(visible, BEGIN_SOLUTION, END_SOLUTION, STUB if is_code else TEXT_STUB)
    whole = cell.metadata.get("nbgrader", {}).get("solution") and blank == visible  # no region: the whole cell is the answer
    return (STUB if is_code else TEXT_STUB) if whole else blank


def _cell(cell: NotebookNode, earlier: frozenset[str]) -> MasterCell:
    flags = cell.metadata.get("nbgrader", {})
    solution, graded = bool(flags.get("solution")), bool(flags.get("grade"))
    return MasterCell(
        id=cell.get("id", ""),
        kind=cell.cell_type,
        source=cell.source,
        released=released(cell),
        label=flags.get("grade_id"),
        grade=grade_id(cell),
        graded=graded,
        solution=solution,
        locked=not solution and (graded or bool(flags.get("locked"))),
        points=float(flags.get("points", 0)) if graded else 0.0,
        tags=tuple(tags(cell)),
        names=defined_names(cell.source) if cell.cell_type == "code" else frozenset(),
        earlier=earlier,
    )


def parse_code(source: str) -> ast.Module | None:
    """The syntax tree of a code cell, its IPython lines (`%`, `!`, `?`) read as `pass`; None where it does not parse or is far too long."""
    if len(source) > PARSED:
        return None
    plain = re.sub(r"(?m)^([ \t]*)[%!?].*$", r"\1pass", source)
    try:
        with warnings.catch_warnings():  # of odd escapes: they are the student's
            warnings.simplefilter("ignore")
            return ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def unparsed(node: ast.AST) -> str:
    """A piece of code as text, without its comments; nothing where it can't be written: nested too deep, a number of thousands of digits."""
    try:
        return ast.unparse(node)
    except (RecursionError, ValueError):
        return ""


def defined_names(source: str) -> frozenset[str]:
    """The names a cell defines at top level: functions, classes, plain assignments. Broken code is searched by pattern."""
    tree = parse_code(source)
    if tree is None:
        return frozenset(re.findall(r"(?m)^(?:def|class|async def)\s+(\w+)", source))
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        names |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return frozenset(names)


def captions(source: str) -> list[str]:
    """The captions that a cell gives its figures, in their order: `caption="…"`, or the second argument of `new_figure`."""
    tree = parse_code(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree else []
    said = [word.value for call in calls for word in call.keywords if word.arg == "caption"]
    said += [call.args[1] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "new_figure" and len(call.args) > 1]
    values = [(node.lineno, node.value) for node in said if isinstance(node, ast.Constant)]
    return [value for _, value in sorted(values, key=lambda pair: pair[0]) if isinstance(value, str)]


def constant_messages(source: str) -> frozenset[str]:
    """The assertion messages in a test cell that are constant strings: safe to show, for they hold no value."""
    tree = parse_code(source)
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)] if tree else []
    messages = [node.msg.value for node in asserts if isinstance(node.msg, ast.Constant)]
    return frozenset(message for message in messages if isinstance(message, str))
