"""Rules on the code of notebooks: it compiles, imports what students have, runs on every device, trains by `fit` on a budget."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from staff.notebook import tags
from staff.problems import Problem, Sheet, calls, dotted, parse

ALLOWED_IMPORTS = frozenset({
    "torch", "torchvision", "numpy", "scipy", "matplotlib", "helpers",
    "__future__", "abc", "collections", "copy", "dataclasses", "enum", "functools", "itertools", "json", "math", "operator", "pathlib", "random",
    "re", "statistics", "string", "textwrap", "time", "typing", "warnings",
})  # fmt: skip
FORBIDDEN_CALLS = {
    "torch.load": "helpers.load_checkpoint (safetensors)",
    "torch.save": "helpers.save_checkpoint (safetensors)",
    "torch.cuda.is_available": "get_device()",
    "torch.set_default_device": "device = get_device()",
    "os.environ": "budget(smoke=…, cpu=…, gpu=…)",
}
KINDS = {"setup", "try", "train", "figure", "handin"}


def check_code(sheet: Sheet) -> Iterator[Problem]:
    """All of this file's rules, for every code cell."""
    budgeted = {name for _, cell in sheet.code() if (tree := parse(cell.source)) for name in _assigned_from_budget(tree)}
    for index, cell in sheet.code():
        tree = parse(cell.source)
        if tree is None:
            yield sheet.problem(index, "compile", "no valid Python (magics and shell lines are none either); mend or remove the line")
            continue
        yield from _imports(sheet, index, tree)
        yield from _devices(sheet, index, tree)
        yield from _training(sheet, index, tree, budgeted)
        kinds = sorted(KINDS & set(tags(cell)))
        if len(kinds) > 1:
            yield sheet.problem(index, "kind", f"tags {kinds} on one cell; a cell is one of {sorted(KINDS)}, split it")


def _imports(sheet: Sheet, index: int, tree: ast.Module) -> Iterator[Problem]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
            if any(alias.name == "*" for alias in node.names):
                yield sheet.problem(index, "imports", f"from {names[0]} import *; name what is used")
        else:
            continue
        for name in names:
            if name.split(".")[0] not in ALLOWED_IMPORTS:
                yield sheet.problem(index, "imports", f"import of {name!r}; notebooks import only {', '.join(sorted(ALLOWED_IMPORTS))}")


def _devices(sheet: Sheet, index: int, tree: ast.Module) -> Iterator[Problem]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            name = dotted(node)
            if name in FORBIDDEN_CALLS:
                yield sheet.problem(index, "forbidden", f"{name}; use {FORBIDDEN_CALLS[name]}")
            if node.attr in ("cuda", "mps") and name != f"torch.{node.attr}":
                yield sheet.problem(index, "device-use", f".{node.attr}; write .to(device), the notebook runs on every device")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.split(":")[0] in ("cuda", "mps", "COURSE_BUDGET"):
            yield sheet.problem(index, "device-use", f"the string {node.value!r}; use `device` and budget(smoke=…, cpu=…, gpu=…)")


def _assigned_from_budget(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and calls(node.value, "budget"):
            names |= {target.id for place in node.targets for target in ast.walk(place) if isinstance(target, ast.Name)}
    return names


def _training(sheet: Sheet, index: int, tree: ast.Module, budgeted: set[str]) -> Iterator[Problem]:
    train = "train" in tags(sheet.cells[index])
    found = calls(tree, "fit")
    if train and not found:
        yield sheet.problem(index, "train", "a cell tagged `train` without fit(…); train with helpers.fit or drop the tag")
    if found and not train and sheet.ids[index] is None:
        yield sheet.problem(index, "train", "fit(…) in a cell that is not tagged `train`; add the tag")
    for call in calls(tree, "budget"):
        if {keyword.arg for keyword in call.keywords} != {"smoke", "cpu", "gpu"} or call.args:
            yield sheet.problem(index, "budget", f"{ast.unparse(call)}; a budget names smoke=, cpu= and gpu=")
    for call in found:
        steps = next((keyword.value for keyword in call.keywords if keyword.arg == "steps"), None)
        named = {node.id for node in ast.walk(steps) if isinstance(node, ast.Name)} if steps is not None else set()
        if steps is None or not (named & budgeted or calls(steps, "budget")):
            text = "missing" if steps is None else ast.unparse(steps)
            yield sheet.problem(index, "budget", f"fit's steps = {text}; take them from budget(smoke=…, cpu=…, gpu=…)")
