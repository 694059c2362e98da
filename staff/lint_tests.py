"""What may cross between a test and an answer: the syntax tree of every check and hidden cell (DESIGN, "What may cross").

Tests run in another process than the answers, so they keep to values, and to names that exist there.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from staff.notebook import BEGIN_HIDDEN, END_HIDDEN, regions
from staff.problems import Problem, Sheet, bound_names, dotted, parse, top_level_names

SAFE_BUILTINS = frozenset({
    "abs", "all", "any", "bool", "complex", "dict", "divmod", "enumerate", "filter", "float", "frozenset", "int", "len", "list", "map", "max", "min",
    "pow", "print", "range", "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "zip", "True", "False", "None",
}) | {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception)}  # fmt: skip
BANNED_NAMES = {
    "isinstance": "check values and shapes instead", "issubclass": "check values instead", "getattr": "call the function or read the returned value",
    "hasattr": "call the function", "setattr": "nothing may be patched", "delattr": "nothing may be patched", "type": "check values instead",
    "vars": "no inspection", "dir": "no inspection", "id": "identity does not cross; compare values", "callable": "call it",
    "next": "iterators do not cross; index a list", "iter": "iterators do not cross; use a list", "open": "tests read no files",
    "eval": "write the code out", "exec": "write the code out", "globals": "no inspection", "locals": "no inspection", "super": "no inspection",
    "seed_everything": "pass randomness as an argument",
}  # fmt: skip
BANNED_ATTRIBUTES = {
    "set_default_dtype": "give each tensor its dtype", "set_default_device": "tests run on the CPU", "set_rng_state": "pass a generator",
    "register_hook": "hooks do not cross", "register_forward_hook": "hooks do not cross", "register_forward_pre_hook": "hooks do not cross",
    "register_full_backward_hook": "hooks do not cross", "register_post_accumulate_grad_hook": "hooks do not cross",
    "func": "torch.func does not cross", "vmap": "torch.func does not cross", "functional_call": "torch.func does not cross",
    "share_memory_": "values are copied across", "data": "use detach().clone()",
}  # fmt: skip
GLOBAL_SEEDS = {"torch.manual_seed", "torch.random.manual_seed", "torch.cuda.manual_seed", "torch.cuda.manual_seed_all", "torch.seed", "random.seed"}
BANNED_NODES: dict[type[ast.AST], str] = {
    ast.Import: "an import", ast.ImportFrom: "an import", ast.ClassDef: "a class", ast.AsyncFunctionDef: "an async function", ast.Global: "`global`",
    ast.Nonlocal: "`nonlocal`", ast.Yield: "`yield`", ast.YieldFrom: "`yield`", ast.Await: "`await`",
}  # fmt: skip
METHODS = {"log_prob", "sample", "rsample", "cdf", "icdf", "forward", "entropy", "backward", "prob"}
DTYPES = {"float16", "bfloat16", "float32", "float64", "float", "double", "uint8", "int32", "int64", "int", "long", "bool"}
CONSTANTS = {"pi", "e", "inf", "nan", "tau", *DTYPES}
LAZY = {"zip", "map", "filter", "enumerate", "reversed", "range"}
HANDLE_METHODS = {"state_dict", "load_state_dict"}
MODULE_PARTS = {"parameters", "named_parameters", "buffers", "modules", "children", "weight", "bias", "train", "eval", "requires_grad_"}
CONTEXTS = {"torch.no_grad", "torch.enable_grad"}


@dataclass(frozen=True)
class Scope:
    """The names a test cell may use."""

    answers: frozenset[str]  # what the same task's solution cells define
    callables: frozenset[str]  # those of them that are functions or classes; the others are values
    setup: frozenset[str]
    functions: frozenset[str]  # functions that setup cells or the test itself define: they cannot cross
    modules: frozenset[str]
    own: frozenset[str]

    @property
    def mine(self) -> frozenset[str]:
        """What the test may write to."""
        return self.own - self.answers - self.setup

    @property
    def known(self) -> frozenset[str]:
        return self.answers | self.setup | self.own | SAFE_BUILTINS


def check_tests(sheet: Sheet) -> Iterator[Problem]:
    """All of this file's rules, for every check and hidden cell."""
    for index, parsed in enumerate(sheet.ids):
        tree = parse(sheet.cells[index].source)
        if parsed is None or parsed.role not in ("check", "hidden") or tree is None:
            continue
        scope = scope_of(sheet, parsed.task, tree)
        yield from _assertions(sheet, index, tree)
        yield from _names(sheet, index, tree, scope)
        for node in ast.walk(tree):
            for message in _crossing(node, scope):
                yield sheet.problem(index, "crossing", f"line {getattr(node, 'lineno', '?')}: {message}")


def scope_of(sheet: Sheet, task: str, test: ast.Module) -> Scope:
    """What a test of `task` may name."""
    answers: set[str] = set()
    callables: set[str] = set()
    for index in sheet.of_task(task, "code", "answer"):
        tree = parse(sheet.cells[index].source)
        if tree:
            answers |= top_level_names(tree)
            callables |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    setup, functions, modules = _setup(sheet)
    own_functions = {node.name for node in ast.walk(test) if isinstance(node, ast.FunctionDef)}
    own_functions |= {n for node in ast.walk(test) if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda) for n in _targets(node)}
    own = bound_names(test)
    return Scope(frozenset(answers), frozenset(callables), frozenset(setup), frozenset(functions | own_functions), frozenset(modules), frozenset(own))


def _setup(sheet: Sheet) -> tuple[set[str], set[str], set[str]]:
    names: set[str] = set()
    functions: set[str] = set()
    modules: set[str] = set()
    for index in sheet.tagged("setup"):
        tree = parse(sheet.cells[index].source)
        if tree is None:
            continue
        names |= top_level_names(tree)
        functions |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        modules |= {(alias.asname or alias.name).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names, functions, modules


def _targets(node: ast.Assign) -> set[str]:
    return {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}


def _assertions(sheet: Sheet, index: int, tree: ast.Module) -> Iterator[Problem]:
    """There are assertions, each with a message; a hidden test's is a constant string, since students read it."""
    parsed = sheet.ids[index]
    hidden = bool(regions(sheet.cells[index].source, BEGIN_HIDDEN, END_HIDDEN)) or (parsed is not None and parsed.role == "hidden")
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    if not found:
        yield sheet.problem(index, "assertions", "no assertion; a graded test asserts something")
    for node in found:
        constant = isinstance(node.msg, ast.Constant) and isinstance(node.msg.value, str) and bool(node.msg.value.strip())
        if node.msg is None or (isinstance(node.msg, ast.Constant) and not constant):
            yield sheet.problem(index, "assertions", f"line {node.lineno}: an assertion without a message; say in words what to look at")
        elif hidden and not constant:
            yield sheet.problem(
                index,
                "assertions",
                f"line {node.lineno}: {ast.unparse(node.msg)} is no constant string; a hidden test's message holds no values",
            )
    for raised in (node for node in ast.walk(tree) if isinstance(node, ast.Raise)):
        if hidden and raised.exc is not None and any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in ast.walk(raised.exc)):
            yield sheet.problem(index, "assertions", f"line {raised.lineno}: a hidden test raises with a constant string only")
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        yield sheet.problem(
            index,
            "assertions",
            "the last statement is an expression; stock nbgrader may take its value for the score, end with an assertion",
        )


def _names(sheet: Sheet, index: int, tree: ast.Module, scope: Scope) -> Iterator[Problem]:
    parsed = sheet.ids[index]
    hidden = parsed is not None and parsed.role == "hidden"
    for name in sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}):
        if name in BANNED_NAMES:
            yield sheet.problem(index, "crossing", f"the name {name!r}; {BANNED_NAMES[name]}")
        elif name not in scope.known:
            remedy = "tests may name safe builtins, their own variables, names of `setup` cells and what the same task's solution defines"
            yield sheet.problem(index, "names", f"the name {name!r} is unknown here; {remedy}")
    stored = top_level_names(tree)
    for name in sorted(stored & scope.answers | stored & scope.setup):
        yield sheet.problem(index, "names", f"the test assigns {name!r}, which is not its own; use a name of its own")
    if hidden:
        for name in sorted(name for name in stored if not name.startswith("_")):
            yield sheet.problem(index, "names", f"the hidden test's own name {name!r}; begin it with _, students' cells may use it")


def _crossing(node: ast.AST, scope: Scope) -> Iterator[str]:
    for kind, words in BANNED_NODES.items():
        if isinstance(node, kind):
            yield f"{words} in a test; take it from a `setup` cell or write the value"
    if isinstance(node, ast.Attribute):
        yield from _attribute(node, scope)
    if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del) and _root(node) not in scope.mine:
        yield f"{ast.unparse(node)} is written to; a test changes nothing that is not its own"
    if isinstance(node, ast.Delete) and not {name for target in node.targets for name in bound_names(target)} <= scope.mine:
        yield f"{ast.unparse(node)}; a test deletes nothing that is not its own"
    if isinstance(node, ast.With):
        for item in node.items:
            if not isinstance(item.context_expr, ast.Call) or dotted(item.context_expr.func) not in CONTEXTS:
                yield f"with {ast.unparse(item.context_expr)}; only torch.no_grad() and torch.enable_grad()"
    if isinstance(node, ast.Call):
        yield from _arguments(node, scope)


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _attribute(node: ast.Attribute, scope: Scope) -> Iterator[str]:
    name = dotted(node)
    if node.attr.startswith("_"):
        yield f".{node.attr} is private; a test sees values only"
    elif node.attr in BANNED_ATTRIBUTES:
        yield f".{node.attr}; {BANNED_ATTRIBUTES[node.attr]}"
    elif name in GLOBAL_SEEDS or (node.attr == "seed" and name.split(".")[0] in scope.modules):
        yield f"{name}; no global seeding, use torch.Generator().manual_seed(…)"
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    if owner in scope.answers and (node.attr not in HANDLE_METHODS if owner in scope.callables else node.attr in MODULE_PARTS):
        yield f"{name} looks into an answer; call it, and check what it returns"


def _arguments(call: ast.Call, scope: Scope) -> Iterator[str]:
    """What is handed to an answer: values and stubs only."""
    handed = [*call.args, *(keyword.value for keyword in call.keywords)]
    direct = isinstance(call.func, ast.Name) and call.func.id in scope.answers
    through = any(isinstance(value, ast.Name) and value.id in scope.answers for value in handed) and dotted(call.func).startswith("stubs.")
    if not direct and not through:
        return
    for value in handed:
        yield from _value(value.value if isinstance(value, ast.Starred) else value, scope)


def _value(value: ast.AST, scope: Scope) -> Iterator[str]:
    text = ast.unparse(value)
    remedy = "pass values, or a stub of helpers.stubs"
    if isinstance(value, ast.List | ast.Tuple | ast.Dict):
        for item in value.values if isinstance(value, ast.Dict) else value.elts:
            yield from _value(item, scope)
    elif isinstance(value, ast.Lambda):
        yield f"a lambda is passed to an answer; {remedy}"
    elif isinstance(value, ast.GeneratorExp) or (isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in LAZY):
        yield f"{text}: an iterator is passed to an answer; {remedy}, lists are values"
    elif isinstance(value, ast.Name) and value.id in scope.functions | scope.modules | (SAFE_BUILTINS - {"True", "False", "None"}) - scope.own:
        yield f"{text!r}, a function or class, is passed to an answer; {remedy}"
    elif isinstance(value, ast.Attribute):
        base = dotted(value).split(".")[0]
        if value.attr in METHODS or (base in scope.modules and value.attr not in CONSTANTS):
            yield f"{text}, a function or method, is passed to an answer; {remedy}"
