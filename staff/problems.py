"""What a lint rule says, and the notebook it speaks about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from staff.config import Course, Module, Tier
from staff.notebook import GradeId, grade_id, tags

TIERS = frozenset(tier.value for tier in Tier)


@dataclass(frozen=True)
class Problem:
    """One broken rule: where, which, and a message with the value found and the remedy."""

    file: str
    cell: str
    rule: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, cell {self.cell}" if self.cell else self.file
        return f"{place}: {self.message} [{self.rule}]"


@dataclass(frozen=True)
class Sheet:
    """A source notebook under examination."""

    course: Course
    module: Module
    path: Path
    file: str
    notebook: NotebookNode

    @property
    def cells(self) -> list[NotebookNode]:
        return list(self.notebook.cells)

    @cached_property
    def ids(self) -> list[GradeId | None]:
        """The parsed grade id of every cell, in order."""
        return [grade_id(cell) for cell in self.cells]

    def name(self, index: int) -> str:
        """How messages call a cell: its id, or its number counted from 1."""
        return str(self.cells[index].get("id") or index + 1)

    def problem(self, index: int | None, rule: str, message: str) -> Problem:
        return Problem(self.file, "" if index is None else self.name(index), rule, message)

    def code(self) -> Iterator[tuple[int, NotebookNode]]:
        return ((index, cell) for index, cell in enumerate(self.cells) if cell.cell_type == "code")

    def tagged(self, tag: str) -> list[int]:
        return [index for index, cell in enumerate(self.cells) if tag in tags(cell)]

    def task_names(self) -> list[str]:
        """The tasks of the notebook, in order of appearance."""
        return list(dict.fromkeys(parsed.task for parsed in self.ids if parsed))

    def of_task(self, task: str, *roles: str) -> list[int]:
        """The numbers of a task's cells, of some roles or of all."""
        return [i for i, parsed in enumerate(self.ids) if parsed and parsed.task == task and (not roles or parsed.role in roles)]

    def owner(self, index: int) -> str | None:
        """The task that a cell belongs to: by its id, or because it stands between that task's cells."""
        parsed = self.ids[index]
        if parsed:
            return parsed.task
        for task in self.task_names():
            inside = self.of_task(task)
            if inside[0] < index < inside[-1]:
                return task
        return None


def parse(source: str) -> ast.Module | None:
    """The syntax tree of a cell, None where it is no Python (a rule of its own reports that)."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def bound_names(tree: ast.AST) -> set[str]:
    """All names that some statement or expression below `tree` binds."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
    return names


def top_level_names(tree: ast.Module) -> set[str]:
    """Names that a cell leaves behind in the notebook: what its statements bind outside functions and classes."""
    names: set[str] = set()
    stack: list[ast.AST] = list(tree.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        else:
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                names.add(node.id)
            elif isinstance(node, ast.alias):
                names.add((node.asname or node.name).split(".")[0])
            stack.extend(ast.iter_child_nodes(node))
    return names


def names_left(source: str) -> set[str]:
    """`top_level_names` of a cell's source; none where it is no valid Python."""
    tree = parse(source)
    return top_level_names(tree) if tree else set()


def dotted(node: ast.AST) -> str:
    """`torch.nn.Linear` for such an expression, "" for anything that is not a chain of names."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    """The calls of a plain name below `tree`."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name]
