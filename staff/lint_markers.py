"""Rules on solution and hidden regions: balanced, correctly spelt, in the right cells, nothing leaking around them."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from staff.notebook import BEGIN_HIDDEN, BEGIN_SOLUTION, END_HIDDEN, END_SOLUTION, blank, regions
from staff.problems import Problem, Sheet, bound_names, parse

PAIRS = ((BEGIN_SOLUTION, END_SOLUTION), (BEGIN_HIDDEN, END_HIDDEN))
EXACT = {marker for pair in PAIRS for marker in pair}
# A whole line that was plainly meant as a marker, however it is spelt or decorated.
NEAR_MISS = re.compile(r"^\W*(begin|end|start|stop)[\s_-]*(solutions?|hidden([\s_-]*tests?)?|tests?|mark[\s_-]*scheme)\W*$", re.IGNORECASE)
# What nbgrader's preprocessors look for anywhere in a line.
NBGRADER_WORDS = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)|AUTOTEST")


def check_markers(sheet: Sheet) -> Iterator[Problem]:
    """All of this file's rules, for every cell."""
    for index, cell in enumerate(sheet.cells):
        yield from _spelling(sheet, index, cell.source)
        yield from _balance(sheet, index, cell.source)
        yield from _places(sheet, index, cell.source)
        yield from _reference(sheet, index, cell.source)
        if cell.cell_type == "code":
            yield from _leaks(sheet, index, cell.source)
            yield from _first_line(sheet, index, cell.source)


def _spelling(sheet: Sheet, index: int, source: str) -> Iterator[Problem]:
    for line in source.splitlines():
        text = line.strip()
        if text not in EXACT and (NEAR_MISS.match(text) or NBGRADER_WORDS.search(text)):
            yield sheet.problem(
                index,
                "marker-spelling",
                f"{text!r} is no marker but reads like one; write one of {sorted(EXACT)} on a line of its own",
            )


def _balance(sheet: Sheet, index: int, source: str) -> Iterator[Problem]:
    inside: str | None = None
    for line in (line.strip() for line in source.splitlines()):
        opened = next((end for begin, end in PAIRS if line == begin), None)
        if opened and inside:
            yield sheet.problem(index, "marker-balance", f"{line!r} inside a region that waits for {inside!r}; regions do not nest")
        elif opened:
            inside = opened
        elif line in EXACT and line != inside:
            yield sheet.problem(index, "marker-balance", f"{line!r} without its beginning; add it or remove this line")
        elif line in EXACT:
            inside = None
    if inside:
        yield sheet.problem(index, "marker-balance", f"{inside!r} is missing; add it where the region ends")


def _places(sheet: Sheet, index: int, source: str) -> Iterator[Problem]:
    parsed = sheet.ids[index]
    role = parsed.role if parsed else "plain"
    lines = [line.strip() for line in source.splitlines()]
    solutions, hidden = lines.count(BEGIN_SOLUTION), lines.count(BEGIN_HIDDEN)
    if role in ("code", "answer", "reflect"):
        if solutions == 0:
            yield sheet.problem(
                index,
                "marker-place",
                f"a {role} cell without {BEGIN_SOLUTION!r}; nbgrader would blank the whole cell, mark the region",
            )
    elif solutions:
        yield sheet.problem(index, "marker-place", f"a solution region in a {role} cell; it belongs in a code, answer or reflect cell")
    if hidden and role not in ("hidden", "check"):
        yield sheet.problem(index, "marker-place", f"hidden tests in a {role} cell; they belong in a hidden cell")
    if role == "hidden" and hidden != 1:
        yield sheet.problem(index, "marker-place", f"a hidden cell has exactly one hidden region, this one has {hidden}")
    if role == "hidden" and hidden == 1:
        outside = _outside(source, BEGIN_HIDDEN, END_HIDDEN)
        if any(line.strip() and not line.strip().startswith("#") for line in outside):
            yield sheet.problem(index, "marker-place", "code of a hidden cell outside its region is shown to students; move it between the markers")


def _outside(source: str, begin: str, end: str) -> list[str]:
    kept, skipping = [], False
    for line in source.splitlines():
        if line.strip() == begin:
            skipping = True
        elif line.strip() == end:
            skipping = False
        elif not skipping:
            kept.append(line)
    return kept


def _first_line(sheet: Sheet, index: int, source: str) -> Iterator[Problem]:
    parsed = sheet.ids[index]
    if parsed is None or parsed.role not in ("check", "hidden"):
        return
    first = (source.splitlines() or [""])[0]
    words = re.findall(r"[A-Za-z]{2,}", first)
    if not first.startswith("# ") or len(words) < 3 or first.strip() in EXACT:
        yield sheet.problem(index, "first-line", f"the first line is {first!r}; it is a comment that says in words what is examined")


def _reference(sheet: Sheet, index: int, source: str) -> Iterator[Problem]:
    """A reflection's region holds a reference answer and a rubric; a question stands before it."""
    parsed = sheet.ids[index]
    if parsed is None or parsed.role != "reflect":
        return
    found = regions(source, BEGIN_SOLUTION, END_SOLUTION)
    text = "\n".join(found)
    for word in ("Reference", "Rubric"):
        if found and not re.search(rf"(?m)^\W*{word}\b", text):
            yield sheet.problem(index, "reflect", f"no line of the region begins with {word!r}; add it, it is what the grader reads")
    if not "".join(_outside(source, BEGIN_SOLUTION, END_SOLUTION)).strip():
        yield sheet.problem(index, "reflect", "no question stands outside the region; students would get an empty cell")


def _leaks(sheet: Sheet, index: int, source: str) -> Iterator[Problem]:
    """Code outside the region uses no name that only the solution defines; the blank cell is Python."""
    tree = parse(source)
    if tree is None or BEGIN_SOLUTION not in source:
        return
    if parse(blank(source)) is None:
        yield sheet.problem(index, "solution-leak", "the cell without its solution is no valid Python; put whole statements between the markers")
    spans = _spans(source)
    inside: set[str] = set()
    outside: set[str] = set()
    loads: list[ast.Name] = []
    for node in ast.walk(tree):
        line = getattr(node, "lineno", None)
        if line is None:
            continue
        own = {node.id} if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) else set()
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.arg | ast.alias):
            own = bound_names(node) if isinstance(node, ast.arg | ast.alias) else {node.name}
        within = any(begin < line < end for begin, end in spans)
        (inside if within else outside).update(own)
        if not within and isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            loads.append(node)
    for node in loads:
        if node.id in inside - outside and not hasattr(builtins, node.id):
            yield sheet.problem(
                index,
                "solution-leak",
                f"line {node.lineno} uses {node.id!r}, which only the solution defines; move the line into the region",
            )


def _spans(source: str) -> list[tuple[int, int]]:
    """The line numbers (from 1) of the marker lines of each solution region."""
    spans, begin = [], 0
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip() == BEGIN_SOLUTION:
            begin = number
        elif line.strip() == END_SOLUTION and begin:
            spans.append((begin, number))
    return spans
