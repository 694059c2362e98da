"""Notebooks broken at random, at every level: code, cells, JSON, bytes, files. The same seed breaks them in the same way."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from random import Random
from typing import Any

Notebook = dict[str, Any]
DEEP, TWICE = "@@deep@@", "@@twice@@"  # what no JSON writer can be asked for, put in afterwards
ODD: list[Any] = [
    None, True, -1, 0, 10**400, 1e308, math.nan, math.inf, "", "\x00", "\ud800", "x" * 50_000, "\u202e\u0000é", [], {}, [[]], {"": None}, DEEP,
    ["a", 1, None], [[[[["a"]]]]],
]  # fmt: skip
NAMES = ["", " ", "m1-E1-code", "m1-E1-hidden", "m1-D1-code", "../../x", "a/b", "\ud83d", "é" * 100, "x" * 300, "None", "m1-E9-code", "\n"]
LINES = [
    "raise SystemExit", "import os; os._exit(1)", "quit()", "%matplotlib inline", "!ls", "?", "\x00", "\ud800", "def", "    x = 1", "\tx = 1",
    "await 1", "yield", "0x", "1if 1else 2", "'\\d'", "torch = None", "assert False", "raise KeyboardInterrupt", "print('x' * 10**6)", "return 1",
    "del torch", "from __future__ import annotations", "nonlocal x", "*a = 1", "x: int", "lambda: (yield)", "__name__ = 'x'", "double = 1",
    "import nothing_like_it", "ai_use = '\\ud800 \\x1b[2J'", "ai_use = [0x" + "f" * 5000 + "]",
]  # fmt: skip
SWAPS = [
    ("torch.add", "torch.sub"), ("x, x", "x, 1"), ("*", "+"), ("/", "-"), ("sum", "mean"), (".sum()", ""), ("return ", "return 2 * "), ("w", "x"),
    ("return ", "return None # "), ("return ", "import os; os._exit(1) # "), ("return ", "import os; os.kill(os.getpid(), 9) # "), ("def ", "del "),
    ("return ", "return [0] * 10**9 # "), ("return ", "raise SystemExit # "), ("return ", "return (yield) # "), ("return ", "return '\\ud800' # "),
    ("return ", "return [[[]] * 10**6] # "), ("none", "no"), ("ai_use", "ai_used"),
    ("return ", "return x.numpy() # "), ("return ", "return print # "),
]  # fmt: skip
TEXTS = [
    ">" * 3000, "[" * 3000, "![" * 2000, "*" * 5001, "<b>" * 3000, "`" * 3001, "- " * 2000, "|a|b|\n|-|-|\n" * 500, "$" * 999, "&#x0;",
    "[a](javascript:b)",
]  # fmt: skip
OUTPUTS: list[Any] = [
    {"output_type": "stream", "name": "stdout", "text": "\ud800 \x1b[31m \x00"},
    {"output_type": "stream", "text": ["a", 1, None, "b\udfff"]},
    {"output_type": "stream", "name": "stdout", "text": "x" * 300_000},
    {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}},
    {"output_type": "display_data", "data": {"image/png": "é\ud800"}},
    {"output_type": "display_data", "data": {"image/png": ["iVBORw0KGgo=", 5]}},
    {"output_type": "display_data", "data": ["no", "dict"]},
    {"output_type": "execute_result", "data": {"text/plain": {"a": 1}, "text/html": "<script>alert(1)</script>"}, "execution_count": "no"},
    {"output_type": "error", "ename": None, "evalue": 7, "traceback": "none"},
    {"output_type": ["stream"]},
    7,
]


def cells(notebook: Notebook) -> list[Notebook]:
    """The cells as long as they are still cells."""
    found = notebook.get("cells")
    return [cell for cell in found if isinstance(cell, dict)] if isinstance(found, list) else []


def _some(random: Random, notebook: Notebook, kind: str = "") -> Notebook:
    """A cell, with its text as one string; an answer more often than others."""
    wanted = [cell for cell in cells(notebook) if not kind or cell.get("cell_type") == kind]
    answers = [cell for cell in wanted if str(cell.get("id")).endswith(("-code", "-reflect", "-disclosure"))]
    cell = random.choice((answers if random.random() < 0.7 else wanted) or wanted or [{}])
    cell["source"] = cell["source"] if isinstance(cell.get("source"), str) else ""
    return cell


# code ---------------------------------------------------------------------------------------------------------------


def lines(random: Random, notebook: Notebook) -> None:
    """Lines deleted, doubled, swapped, put in."""
    cell = _some(random, notebook, "code")
    rows = cell["source"].split("\n")
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(rows) + 1)
        rows[at:at] = [random.choice(LINES)] if random.random() < 0.6 else rows[at - 2 : at]
        if random.random() < 0.4:
            rows.pop(random.randrange(len(rows)))
    cell["source"] = "\n".join(rows)


def tokens(random: Random, notebook: Notebook) -> None:
    """Tokens swapped, and one bracket too many."""
    cell = _some(random, notebook, "code")
    parts = re.split(r"(\W)", cell["source"])
    for _ in range(random.randint(1, 4)):
        a, b = random.randrange(len(parts)), random.randrange(len(parts))
        parts[a], parts[b] = parts[b], parts[a]
    if random.random() < 0.4:
        parts.insert(random.randrange(len(parts)), random.choice("()[]{}'\"\\:"))
    cell["source"] = "".join(parts)


def answers(random: Random, notebook: Notebook) -> None:
    """Answers that compute something else, or end in another way."""
    found = [(cell, pair) for cell in cells(notebook) for pair in SWAPS if isinstance(cell.get("source"), str) and pair[0] in cell["source"]]
    code = [(cell, pair) for cell, pair in found if str(cell.get("id")).endswith(("-code", "-disclosure"))]
    for cell, (old, new) in random.sample(code, min(len(code), 1)):
        cell["source"] = cell["source"].replace(old, new, 1)


def identifiers(random: Random, notebook: Notebook) -> None:
    """Random letters of all scripts where a name was."""
    cell = _some(random, notebook, "code")
    names = re.findall(r"[a-z_]\w+", cell["source"]) or ["x"]
    scripts = [range(0x21, 0x250), range(0x370, 0x3100), range(0x1F600, 0x1F640)]
    cell["source"] = cell["source"].replace(random.choice(names), "".join(chr(random.choice(random.choice(scripts))) for _ in range(5)))


def huge_code(random: Random, notebook: Notebook) -> None:
    """What compilers choke on: endless lines, deep brackets, long chains, many lines."""
    kinds = ["x = " + "1" * 200_000, "(" * 5_000, "-" * 30_000 + "1", "1" + "+1" * 30_000, "x = 1\n" * 60_000, "f" + ".a" * 20_000]
    kinds += ["x = '" + "a" * 10**6 + "'", "f(" * 190 + ")" * 190, "x = [" + "[]," * 30_000 + "]"]
    kinds += ["if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 99))]
    cell = _some(random, notebook, "code")
    cell["source"] = random.choice([cell["source"] + "\n", ""]) + random.choice(kinds)


def text(random: Random, notebook: Notebook) -> None:
    """What readers of Markdown choke on."""
    _some(random, notebook, "markdown")["source"] += "\n" + random.choice(TEXTS)


# cells --------------------------------------------------------------------------------------------------------------


def order(random: Random, notebook: Notebook) -> None:
    """Cells removed, swapped, doubled, added."""
    rows = notebook["cells"]
    for _ in range(random.randint(1, 4)):
        at, to = random.randrange(len(rows)), random.randrange(len(rows))
        kind = random.randrange(5)
        if kind == 0 and len(rows) > 1:
            rows.pop(at)
        elif kind == 1:
            rows[at], rows[to] = rows[to], rows[at]
        elif kind == 2:
            rows.insert(to, json.loads(json.dumps(rows[at])))
        elif kind == 3:
            rows.insert(at, {"cell_type": "code", "metadata": {}, "source": random.choice(LINES), "outputs": []})
        else:
            random.shuffle(rows)


def identity(random: Random, notebook: Notebook) -> None:
    """Ids and labels: equal, empty, odd, of another cell."""
    rows = cells(notebook)
    same = random.choice(NAMES)
    for cell in random.sample(rows, min(len(rows), random.choice([1, 3, 99]))):
        cell["id"] = random.choice([same, *NAMES, *ODD])
        if random.random() < 0.5:
            cell["metadata"] = random.choice([{"nbgrader": {"grade_id": random.choice([same, *NAMES, *ODD])}}, {}, *ODD])


def types(random: Random, notebook: Notebook) -> None:
    """Types changed, flags of nbgrader turned, texts in other shapes."""
    for _ in range(random.randint(1, 3)):
        cell = _some(random, notebook)
        kind = random.randrange(4)
        if kind == 0:
            cell["cell_type"] = random.choice(["markdown", "raw", "heading", "code", *ODD])
        elif kind == 1 and isinstance(cell.get("metadata"), dict) and isinstance(cell["metadata"].get("nbgrader"), dict):
            cell["metadata"]["nbgrader"] |= {random.choice(["points", "solution", "grade", "locked", "schema_version"]): random.choice([*ODD, 500])}
        elif kind == 2:
            cell["source"] = random.choice([cell["source"].splitlines(True), [cell["source"], 7, None], *ODD])
        else:
            cell["attachments"] = random.choice([{"a.png": {"image/png": "no"}}, *ODD])


def outputs(random: Random, notebook: Notebook) -> None:
    """Outputs that no kernel gives."""
    for cell in random.sample(cells(notebook), min(len(cells(notebook)), random.choice([1, 5, 99]))):
        cell["outputs"] = random.choice([[random.choice(OUTPUTS)], random.choice(ODD), list(OUTPUTS)])


def version(random: Random, notebook: Notebook) -> None:
    """Other versions of the format, the older ones with their shape or without."""
    notebook["nbformat"] = random.choice([2, 3, 5, 10**30, *ODD])
    notebook["metadata"] = random.choice([notebook.get("metadata"), {"course": {"version": random.choice(["2020.1", "9" * 5000, *ODD])}}, *ODD])
    if random.random() < 0.5:
        for cell in cells(notebook):
            cell["input"] = cell.pop("source", "")
        notebook["worksheets"] = [{"cells": notebook.pop("cells", [])}, random.choice(ODD)]


# JSON ---------------------------------------------------------------------------------------------------------------


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every container with each of its keys."""
    found: list[tuple[Any, Any]] = []
    stack = [tree]
    while stack:
        node = stack.pop()
        keys = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
        found += [(node, key) for key in keys]
        stack += [node[key] for key in keys]
    return found


def values(random: Random, notebook: Notebook) -> None:
    """Values anywhere replaced by others, keys removed, added, doubled."""
    for _ in range(random.randint(1, 5)):
        container, key = random.choice(_places(notebook) or [(notebook, "cells")])
        kind = random.randrange(4)
        if kind == 0:
            container[key] = random.choice(ODD)
        elif kind == 1:
            del container[key]
        elif isinstance(container, dict):
            name = key + TWICE if kind == 2 else random.choice(NAMES)
            container[name] = random.choice([*ODD, container[key]])


def written(random: Random, notebook: Notebook) -> bytes:
    """The notebook as a file; lone surrogates are escaped or, as few programs do, encoded."""
    body = json.dumps(notebook, indent=random.choice([None, 1]), ensure_ascii=random.random() < 0.5)
    deep = random.choice([600, 60_000])
    body = body.replace(json.dumps(DEEP), "[" * deep + "]" * deep).replace(TWICE, "")
    return body.encode("utf-8", "surrogatepass")


# bytes --------------------------------------------------------------------------------------------------------------


def flipped(random: Random, data: bytes) -> bytes:
    changed = bytearray(data or b" ")
    for _ in range(random.choice([1, 1, 8, 200])):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)] if random.random() < 0.7 else data[random.randrange(len(data) + 1) :]


def inserted(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    new = [random.randbytes(20), b"\x00" * 50, b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9\xe8", b"]}", b'"', b","]
    new += [b"<<<<<<< HEAD\n", b"\n=======\n", b"\n>>>>>>> b\n"]
    return data[:at] + random.choice(new) + data[at:]


def doubled(random: Random, data: bytes) -> bytes:
    begin = random.randrange(len(data) + 1)
    end = random.randrange(begin, len(data) + 1)
    return random.choice([data + data, data[:end] + data[begin:end] + data[end:], data[:begin] + data[end:]])


def encoded(random: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    choices = [b"\xef\xbb\xbf" + data, text.encode("utf-16"), text.encode("utf-32"), text.replace("a", "ä").encode("latin-1", "replace")]
    choices += [data.replace(b"\n", b"\r\n"), data.replace(b"e", b"\xe9"), data.replace(b'"', b"'"), b"<!DOCTYPE html><html>" + data]
    return random.choice([*choices, b"", b" \n", b"null", b"[]", b'{"cells": 3}'])


ON_NOTEBOOK: list[Callable[[Random, Notebook], None]] = [
    lines, lines, tokens, tokens, answers, answers, answers,
    identifiers, huge_code, text, order, order, identity, types, types, outputs, version, values, values,
]  # fmt: skip
ON_BYTES: list[Callable[[Random, bytes], bytes]] = [flipped, flipped, cut, inserted, doubled, encoded]
