"""Tests pass fresh clones: an answer that writes to its argument must not change what the test compares with.

In a plain notebook such an answer would change the test's own variable, before the judge it writes to a copy of its own;
with clones both say the same. `stubs.unchanged(f, x)` needs none: it fails where x was written to.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from staff.lint_tests import scope_of
from staff.problems import Problem, Sheet, dotted, parse

VIEWS = {  # methods that may give the same memory
    *("contiguous", "diagonal", "double", "expand", "expand_as", "flatten", "float", "movedim", "mT", "narrow", "permute", "reshape", "select"),
    *("squeeze", "swapaxes", "t", "T", "to", "transpose", "unbind", "unflatten", "unfold", "unsqueeze", "view", "view_as"),
}
LOOPS = ast.For | ast.While | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def check_clones(sheet: Sheet) -> Iterator[Problem]:
    """Every tensor of a test that is handed to an answer as it is, and used again further down."""
    for index, parsed in enumerate(sheet.ids):
        tree = parse(sheet.cells[index].source)
        if parsed is None or parsed.role not in ("check", "hidden") or tree is None:
            continue
        answers, tensors = scope_of(sheet, parsed.task, tree).answers, _tensors(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in answers:
                for name in _used_again(call, tree, tensors):
                    remedy = f"pass {name}.clone(), so that an answer which writes to its argument changes nothing here"
                    yield sheet.problem(
                        index, "clones", f"line {call.lineno}: {call.func.id} gets {name!r} itself, or a view of it, which is used again; {remedy}"
                    )


def _used_again(call: ast.Call, tree: ast.Module, tensors: set[str]) -> Iterator[str]:
    loads = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    repeated = any(call in ast.walk(loop) for loop in ast.walk(tree) if isinstance(loop, LOOPS))
    for passed in [*call.args, *(keyword.value for keyword in call.keywords)]:
        value = _seen_through(passed)
        if isinstance(value, ast.Name) and value.id in tensors:
            after = (passed.end_lineno or 0, passed.end_col_offset or 0)
            if repeated or any(node.id == value.id and (node.lineno, node.col_offset) >= after for node in loads):
                yield value.id


def _seen_through(value: ast.expr) -> ast.expr:
    """`x` of `x[0]`, `x.T`, `x.reshape(2, 3)[1:]`: what shares its memory."""
    while True:
        match value:
            case ast.Subscript(value=inner):
                value = inner
            case ast.Attribute(value=inner, attr=name) | ast.Call(func=ast.Attribute(value=inner, attr=name)) if name in VIEWS:
                value = inner
            case _:
                return value


def _tensors(tree: ast.Module) -> set[str]:
    """Names that the test gives to what torch makes; one that wants a gradient can't be written to anyway."""
    found: set[str] = set()
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Assign)):
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple) and len(target.elts) == len(node.value.elts):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            for name, value in pairs:
                if _is_tensor(value):
                    found |= {part.id for part in ast.walk(name) if isinstance(part, ast.Name)}
    return found


def _is_tensor(value: ast.AST) -> bool:
    calls = [dotted(node.func) for node in ast.walk(value) if isinstance(node, ast.Call)]
    wants_gradient = any(isinstance(node, ast.Attribute) and node.attr == "requires_grad_" for node in ast.walk(value))
    wants_gradient = wants_gradient or any(isinstance(node, ast.keyword) and node.arg == "requires_grad" for node in ast.walk(value))
    made = any(name.startswith("torch.") and name != "torch.Generator" for name in calls)
    return made and not wants_gradient and not any(name.startswith("stubs.") for name in calls)
