"""Every rule fires on a copy of the tiny course that breaks it, says what is wrong, and is silent on the good one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from staff.config import load_course
from staff.lint import Problem, check_course, source_path
from staff.notebook import read_notebook, write_notebook
from tests.staff.tiny import COURSE, MODULE, cell

Spoil = Callable[[NotebookNode], object]


def at(book: NotebookNode, name: str) -> NotebookNode:
    return next(item for item in book.cells if item.id == name)


def put(book: NotebookNode, after: str, *cells: NotebookNode) -> None:
    place = next(index for index, item in enumerate(book.cells) if item.id == after) + 1
    book.cells[place:place] = cells


def swapped(old: str, new: str, name: str) -> Spoil:
    """Replace text in one cell; the old text must be there, so that a spoiler cannot rot."""

    def spoil(book: NotebookNode) -> None:
        source = at(book, name).source
        assert old in source
        at(book, name).source = source.replace(old, new)

    return spoil


def appended(line: str, name: str) -> Spoil:
    return lambda book: at(book, name).update(source=f"{at(book, name).source}\n{line}")


def hidden(line: str, name: str = "m1-D1-hidden") -> Spoil:
    """Put a line at the beginning of a hidden region."""
    return swapped("### BEGIN HIDDEN TESTS\n", f"### BEGIN HIDDEN TESTS\n{line}\n", name)


def flag(name: str, key: str, value: object) -> Spoil:
    return lambda book: at(book, name).metadata["nbgrader"].update({key: value})


def tagged(name: str, *names: str) -> Spoil:
    return lambda book: at(book, name).metadata.update(tags=list(names))


def renamed(name: str, new: str) -> Spoil:
    def spoil(book: NotebookNode) -> None:
        at(book, name).metadata["nbgrader"]["grade_id"] = new
        at(book, name).id = new

    return spoil


def dropped(name: str) -> Spoil:
    return lambda book: book.cells.remove(at(book, name))


def moved(name: str, after: str) -> Spoil:
    def spoil(book: NotebookNode) -> None:
        found = at(book, name)
        book.cells.remove(found)
        put(book, after, found)

    return spoil


def inserted(after: str, *cells: NotebookNode) -> Spoil:
    return lambda book: put(book, after, *cells)


def lint(root: Path) -> list[Problem]:
    return check_course(load_course(root), root)


def spoilt(root: Path, spoil: Spoil) -> list[Problem]:
    path = source_path(root, MODULE)
    book = read_notebook(path)
    spoil(book)
    write_notebook(path, book)
    return lint(root)


def test_the_good_course_has_no_problem(tiny_course: Path) -> None:
    assert lint(tiny_course) == []


def code(source: str, slug: str = "extra-cell", *names: str) -> NotebookNode:
    made = cell(source, *(names or ("E",)), slug=slug)
    made.metadata["tags"] = list(names)
    return made


CASES: list[tuple[str, Spoil, str, str]] = [
    # ids, flags, points, headings, tags
    ("pattern", renamed("m1-E1-code", "m1_E1_code"), "grade-id", "m1_E1_code"),
    ("another module's id", renamed("m1-E1-code", "m2-E1-code"), "grade-id", "m1-"),
    ("id twice", flag("m1-D1-check", "grade_id", "m1-E1-check"), "grade-id", "unique"),
    ("cell id", lambda book: at(book, "m1-E1-code").update(id="other"), "cell-id", "m1-E1-code"),
    ("schema", flag("m1-E1-code", "schema_version", 2), "flags", "schema_version = 2"),
    ("locked", flag("m1-E1-check", "locked", False), "flags", "locked = False"),
    ("solution", flag("m1-E1-code", "solution", False), "flags", "solution = False"),
    ("grade", flag("m1-E1-hidden", "grade", False), "flags", "grade = False"),
    ("a number for a flag", flag("m1-E1-hidden", "grade", 1), "flags", "grade = 1"),
    ("nbgrader task", flag("m1-E1-spec", "task", True), "flags", "task = True"),
    ("unknown key", flag("m1-E1-spec", "minutes", 3), "flags", "minutes"),
    ("cell type", lambda book: at(book, "m1-E1-spec").update(cell_type="code", outputs=[], execution_count=None), "flags", "is markdown"),
    ("points", flag("m1-E1-hidden", "points", 7), "points", "points = 7"),
    ("points on code", flag("m1-E1-code", "points", 1), "points", "not graded"),
    ("no cell for points", dropped("m1-E1-reflect"), "points", "m1-E1-reflect"),
    ("unknown key of points", renamed("m1-D1-hidden", "m1-D1-hidden-more"), "points", "hidden-more"),
    ("unknown task", renamed("m1-D1-check", "m1-D9-check"), "points", "D9"),
    ("title", swapped("Doubling", "Twice", "m1-E1-spec"), "heading", "Doubling"),
    ("total", swapped("5 points", "4 points", "m1-E1-spec"), "heading", "5 points"),
    ("minutes", swapped("10 min", "11 min", "m1-E1-spec"), "heading", "10 min"),
    ("kind", swapped("Core. ", "", "m1-E1-spec"), "heading", "core"),
    ("no tier", tagged("m1-E1-code"), "tier-tag", "['E']"),
    ("wrong tier", tagged("m1-E1-code", "D"), "tier-tag", "['E']"),
    ("two tiers", tagged("m1-E1-code", "E", "D"), "tier-tag", "['E', 'D']"),
    ("no tier on try", tagged("m1-E1-try", "try"), "tier-tag", "E1"),
    ("experiment without tier", inserted("m1-D1-hidden", code("x = 1", "fig", "figure")), "tier-tag", "one of"),
    # sequence
    ("foreign cell", moved("m1-D1-spec", "m1-E1-code"), "sequence", "between cells of E1"),
    ("hidden before check", moved("m1-E1-hidden", "m1-E1-try"), "sequence", "m1-E1-check"),
    ("check before code", moved("m1-E1-check", "m1-E1-spec"), "sequence", "m1-E1-code"),
    ("spec not first", moved("m1-E1-spec", "m1-E1-code"), "sequence", "spec"),
    ("no hidden", dropped("m1-D1-hidden"), "sequence", "hidden"),
    ("no check", dropped("m1-D1-check"), "sequence", "check"),
    ("no try", dropped("m1-D1-try"), "sequence", "try"),
    ("answer without test", dropped("m1-E0-check-disclosure"), "sequence", "disclosure"),
    ("reflect too early", moved("m1-E1-reflect", "m1-E1-spec"), "sequence", "m1-E1-code"),
    # markers
    ("missing end", swapped("    ### END SOLUTION", "", "m1-E1-code"), "marker-balance", "END SOLUTION"),
    ("missing begin", swapped("### BEGIN HIDDEN TESTS\n", "", "m1-E1-hidden"), "marker-balance", "without its beginning"),
    ("nested", swapped("    return torch.add(x, x)", "    ### BEGIN SOLUTION\n    return x", "m1-E1-code"), "marker-balance", "nest"),
    ("misspelt hidden", swapped("BEGIN HIDDEN TESTS", "BEGIN HIDDEN TEST", "m1-E1-hidden"), "marker-spelling", "HIDDEN TEST"),
    ("one hash", swapped("    ### BEGIN SOLUTION", "    # BEGIN SOLUTION", "m1-E1-code"), "marker-spelling", "# BEGIN SOLUTION"),
    ("lower case", swapped("### END SOLUTION", "### end solution", "m1-E1-code"), "marker-spelling", "end solution"),
    ("mark scheme", appended("=== BEGIN MARK SCHEME ===", "m1-E1-reflect"), "marker-spelling", "MARK SCHEME"),
    ("autotest", appended("### AUTOTEST double(1)", "m1-E1-check"), "marker-spelling", "AUTOTEST"),
    ("code without region", lambda book: at(book, "m1-E1-code").update(source="double = abs"), "marker-place", "BEGIN SOLUTION"),
    ("solution in a plain cell", inserted("title", code("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "p", "setup")), "marker-place", "plain"),
    ("hidden in a plain cell", inserted("title", code("### BEGIN HIDDEN TESTS\nx = 1\n### END HIDDEN TESTS", "p", "setup")), "marker-place", "plain"),
    ("hidden outside region", appended("assert True, 'words'", "m1-E1-hidden"), "marker-place", "shown to students"),
    ("no first line", swapped("# E1 hidden tests: negative and large numbers.\n", "", "m1-E1-hidden"), "first-line", "in words"),
    ("thin first line", swapped("# E1 check: one number.", "# E1", "m1-E1-check"), "first-line", "in words"),
    ("no rubric", swapped("Rubric: names sums (must); names multiples (good).\n", "", "m1-E1-reflect"), "reflect", "Rubric"),
    ("no question", swapped("**E1, in your words.** In one sentence: why is doubling linear?", "", "m1-E1-reflect"), "reflect", "question"),
    ("leak", swapped("    return total / w.sum()\n    ### END SOLUTION", "    ### END SOLUTION\n    return total / w.sum()", "m1-D1-code"),
     "solution-leak", "'total'"),
    ("blank no Python", swapped("    ### BEGIN SOLUTION\n    total", "    total = (\n    ### BEGIN SOLUTION\n    0)\n    total", "m1-D1-code"),
     "solution-leak", "no valid Python"),
    # the file
    ("outputs", lambda book: at(book, "m1-E1-try").outputs.append(new_output("stream", text="2")), "outputs", "1 outputs"),
    ("execution count", lambda book: at(book, "m1-E1-try").update(execution_count=3), "outputs", "execution_count = 3"),
    ("attachment", lambda book: at(book, "title").update(attachments={"a.png": {"image/png": ""}}), "attachments", "a.png"),
    ("kernel", lambda book: book.metadata["kernelspec"].update(name="dgms"), "kernelspec", "dgms"),
    ("pairing", lambda book: book.metadata.update(jupytext={"formats": "ipynb,py"}), "pairing", "jupytext"),
    ("metadata", lambda book: book.metadata.update(widgets={}), "metadata", "widgets"),
    ("cell metadata", lambda book: at(book, "title").metadata.update(collapsed=True), "metadata", "collapsed"),
    ("course metadata", lambda book: book.metadata["course"].update(module="m2_other"), "metadata", "m2_other"),
    # opening, closing, rhythm
    ("no title", dropped("title"), "opening", "title"),
    ("no device", swapped("device = get_device()", "device = None", "device"), "device", "get_device()"),
    ("late device", moved("device", "m1-D1-hidden"), "device", "before the first task"),
    ("no disclosure", tagged("m1-E0-check-disclosure", "E"), "disclosure", "E0"),
    ("no hand-in", dropped("handin"), "handin", "hand_in"),
    ("hand-in of another", swapped("m1_tiny", "m2_other", "handin"), "handin", "m1_tiny"),
    ("hand-in not last", inserted("handin", code("x = 1", "after", "setup")), "handin", "last"),
    ("long cell", appended("\n".join("x = 1" for _ in range(46)), "device"), "rhythm", "split"),
    ("three in a row", inserted("imports", code("a = 1", "a"), code("b = 1", "b")), "rhythm", "3 code cells"),
    ("long median", lambda book: [item.update(source="x = 1\n" * 13) for item in book.cells if item.cell_type == "code"], "rhythm", "median"),
    ("empty cell", inserted("imports", code("", "a")), "rhythm", "empty"),
    # code
    ("magic", appended("%matplotlib inline", "imports"), "compile", "magics"),
    ("import", appended("import pandas", "imports"), "imports", "pandas"),
    ("os", appended("import os", "imports"), "imports", "'os'"),
    ("star", appended("from math import *", "imports"), "imports", "*"),
    ("cuda", appended("x = torch.ones(1).cuda()", "imports"), "device-use", ".cuda"),
    ("cuda by name", appended('x = torch.ones(1, device="cuda:0")', "imports"), "device-use", "cuda:0"),
    ("torch.load", appended('x = torch.load("x.pt")', "imports"), "forbidden", "safetensors"),
    ("pickle", appended("import pickle", "imports"), "imports", "pickle"),
    ("train without fit", inserted("m1-D1-hidden", code("x = 1", "t", "D", "train")), "train", "helpers.fit"),
    ("fit untagged", inserted("m1-D1-hidden", code("fit(None, None, None, name='a', steps=steps)", "t", "D")), "train", "add the tag"),
    ("steps", inserted("m1-D1-hidden", code("fit(None, None, None, name='a', steps=500)", "t", "D", "train")), "budget", "steps = 500"),
    ("budget", swapped("gpu=4", "big=4", "device"), "budget", "gpu="),
    ("two kinds", tagged("m1-E1-try", "E", "try", "figure"), "kind", "figure"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "rule", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_broken_rule_is_reported(tiny_course: Path, spoil: Spoil, rule: str, words: str) -> None:
    problems = spoilt(tiny_course, spoil)
    assert rule in {problem.rule for problem in problems}, [str(problem) for problem in problems]
    assert any(words in str(problem) for problem in problems if problem.rule == rule), [str(problem) for problem in problems]


CROSSING: list[tuple[str, str]] = [
    ("assert isinstance(weighted_mean(_x, _w), Tensor), 'words'", "isinstance"),
    ("assert type(_x) is Tensor, 'words'", "'type'"),
    ("assert getattr(_x, 'shape'), 'words'", "getattr"),
    ("assert hasattr(_x, 'shape'), 'words'", "hasattr"),
    ("_y = next(iter([1]))", "iterators"),
    ("import math", "an import"),
    ("class _Net: pass", "a class"),
    ("_y = _x._version", "private"),
    ("torch.manual_seed(0)", "no global seeding"),
    ("torch.set_default_dtype(torch.float64)", "give each tensor its dtype"),
    ("_x.register_hook(abs)", "hooks"),
    ("_y = torch.func.grad(abs)", "torch.func"),
    ("_y = torch.vmap(abs)", "torch.func"),
    ("torch.add = abs", "torch.add is written to"),
    ("weighted_mean.calls = 0", "weighted_mean.calls is written to"),
    ("del torch.add", "written to"),
    ("_y = weighted_mean.calls", "looks into an answer"),
    ("weighted_mean(lambda: 1, _w)", "a lambda"),
    ("weighted_mean((a for a in [1]), _w)", "an iterator"),
    ("weighted_mean(zip([1], [2]), _w)", "an iterator"),
    ("weighted_mean(torch.exp, _w)", "function or method"),
    ("weighted_mean([_x.log_prob], _w)", "function or method"),
    ("weighted_mean({'f': lambda: 1}, _w)", "a lambda"),
    ("weighted_mean(abs, _w)", "function or class"),
    ("weighted_mean(torch, _w)", "function or class"),
    ("with torch.random.fork_rng():\n    _y = 1", "only torch.no_grad()"),
]


@pytest.mark.parametrize(("line", "words"), CROSSING, ids=[case[0][:40] for case in CROSSING])
def test_what_cannot_cross_is_refused(tiny_course: Path, line: str, words: str) -> None:
    problems = spoilt(tiny_course, hidden(line))
    assert any(problem.rule == "crossing" and words in problem.message for problem in problems), [str(problem) for problem in problems]


def test_an_answer_that_is_a_value_has_the_methods_of_values(tiny_course: Path) -> None:
    assert spoilt(tiny_course, appended('assert ai_use.strip(), "say something"', "m1-E0-check-disclosure")) == []
    problems = spoilt(tiny_course, appended('assert ai_use.weight is None, "words"', "m1-E0-check-disclosure"))
    assert [problem.rule for problem in problems] == ["crossing"]


def test_a_local_function_may_help_a_test_but_not_cross(tiny_course: Path) -> None:
    define = "def _closed(x):\n    return x.sum()\n\n\nassert _closed(torch.ones(2)) == 2, 'words'"
    assert spoilt(tiny_course, hidden(define)) == []
    problems = spoilt(tiny_course, hidden("weighted_mean(_closed, torch.ones(2))"))
    assert [problem.rule for problem in problems] == ["crossing"]


NAMES: list[tuple[str, str]] = [
    ("assert double(_x).sum() > 0, 'words'", "'double' is unknown"),
    ("assert device, 'words'", "'device' is unknown"),
    ("assert undefined_thing, 'words'", "'undefined_thing' is unknown"),
    ("weighted_mean = abs", "is not its own"),
    ("Tensor = 1", "is not its own"),
    ("value = 1", "begin it with _"),
]


@pytest.mark.parametrize(("line", "words"), NAMES, ids=[case[0][:40] for case in NAMES])
def test_a_test_names_only_what_is_there(tiny_course: Path, line: str, words: str) -> None:
    problems = spoilt(tiny_course, hidden(line))
    assert any(problem.rule == "names" and words in problem.message for problem in problems), [str(problem) for problem in problems]


MESSAGES: list[tuple[Spoil, str]] = [
    (hidden("_n = 1\nassert _n, f'got {_n}'"), "no constant string"),
    (hidden("assert 1"), "without a message"),
    (hidden("if not 1:\n    raise AssertionError(f'{1}')"), "constant string only"),
    (swapped(', f"double(1) gave {_two.item()}, not 2"', "", "m1-E1-check"), "without a message"),
    (lambda book: at(book, "m1-E1-check").update(source="# E1 check: nothing at all here.\n_a = 1"), "no assertion"),
    (appended("double(torch.ones(1))", "m1-E1-check"), "stock nbgrader"),
]


@pytest.mark.parametrize(("spoil", "words"), MESSAGES, ids=[case[1] for case in MESSAGES])
def test_assertions_speak_and_hidden_ones_show_no_values(tiny_course: Path, spoil: Spoil, words: str) -> None:
    problems = spoilt(tiny_course, spoil)
    assert any(problem.rule == "assertions" and words in problem.message for problem in problems), [str(problem) for problem in problems]


ALLOWED = """\
_g = torch.Generator().manual_seed(3)
_list = [weighted_mean(torch.randn(k, generator=_g), torch.ones(k)) for k in (1, 2)]
with torch.no_grad():
    assert all(value.shape == () for value in _list), "a number for each"
try:
    weighted_mean(torch.ones(2, dtype=torch.float64), w=torch.ones(2, dtype=torch.float64))
except ValueError:
    pass
_e = torch.ones(2)
_e[0] = 2.0
_e.requires_grad = True
assert max(float(v) for v in _list) < 1e9, "finite numbers\""""


def test_ordinary_tests_are_not_refused(tiny_course: Path) -> None:
    assert spoilt(tiny_course, hidden(ALLOWED)) == []


AB_COURSE = COURSE.replace(
    "      D1:",
    "      AB1: {title: Open, kind: extra, points: {code: 9}, minutes: 60, outcomes: [theory]}\n      D1:",
)


def test_ab_code_is_graded_by_hand(tiny_course: Path) -> None:
    (tiny_course / "course.yml").write_text(AB_COURSE)
    spec = cell("### AB1 · Open · 9 points · 60 min\n\nExtra.", "A+B", grade_id="m1-AB1-spec")
    answer = cell("### BEGIN SOLUTION\nresult = 1\n### END SOLUTION", "A+B", grade_id="m1-AB1-code")
    answer.metadata["nbgrader"].update(grade=True, points=9)
    assert spoilt(tiny_course, inserted("m1-D1-hidden", cell("Now you.", slug="now"), spec, answer)) == []
    problems = spoilt(tiny_course, flag("m1-AB1-code", "grade", False))
    assert "flags" in {problem.rule for problem in problems}


def test_text_within_a_task_needs_no_tag(tiny_course: Path) -> None:
    assert spoilt(tiny_course, inserted("m1-E1-code", cell("Look at it.", slug="look"))) == []


@pytest.mark.filterwarnings("ignore")
def test_the_format_is_the_one_with_ids(tiny_course: Path) -> None:
    path = source_path(tiny_course, MODULE)
    path.write_text(path.read_text().replace('"nbformat_minor": 5', '"nbformat_minor": 4'))
    assert "nbformat 4.4" in str([problem for problem in lint(tiny_course) if problem.rule == "nbformat"])


@pytest.mark.filterwarnings("ignore")
def test_repeated_and_missing_cell_ids_are_seen_though_nbformat_would_mend_them(tiny_course: Path) -> None:
    path = source_path(tiny_course, MODULE)
    text = path.read_text()
    path.write_text(text.replace('"id": "weighting"', '"id": "doubling"'))
    assert "stands twice" in str(lint(tiny_course))
    path.write_text(text.replace('"id": "weighting",', ""))
    assert [problem.rule for problem in lint(tiny_course)] == ["cell-id"]


def test_files_beside_the_notebook(tiny_course: Path) -> None:
    folder = tiny_course / "source" / MODULE
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "run.py").write_text("")
    assert lint(tiny_course) == []
    (folder / f"{MODULE}.py").write_text("# paired")
    (folder / "två.txt").write_text("")
    (tiny_course / "source" / "m9_none").mkdir()
    assert sorted(problem.rule for problem in lint(tiny_course)) == ["file-name", "files", "files"]


def test_a_module_with_tasks_needs_its_notebook(tiny_course: Path) -> None:
    source_path(tiny_course, MODULE).unlink()
    assert {problem.rule for problem in lint(tiny_course)} == {"files"}
    source_path(tiny_course, MODULE).write_text("no notebook")
    assert {problem.rule for problem in lint(tiny_course)} == {"notebook"}


def test_core_tasks_fit_into_the_hours(tiny_course: Path) -> None:
    (tiny_course / "course.yml").write_text(COURSE.replace("core_hours: 6", "core_hours: 0.5"))
    problems = lint(tiny_course)
    assert [problem.rule for problem in problems] == ["hours"]
    assert "33 minutes" in problems[0].message


def test_grade_ids_are_unique_over_modules(tiny_course: Path) -> None:
    other = COURSE.replace("lectures: []", "").replace("modules: [m1_tiny]", "modules: [m1_tiny, m2_tiny]")
    block = other[other.index("  - id: m1_tiny") :]
    (tiny_course / "course.yml").write_text(other + block.replace("m1_tiny", "m2_tiny") + "lectures: []\n")
    book = read_notebook(source_path(tiny_course, MODULE))
    write_notebook(source_path(tiny_course, "m2_tiny"), book)
    problems = [problem for problem in lint(tiny_course) if "stands also in" in problem.message]
    assert len(problems) == 12


CLONES: list[tuple[str, list[str]]] = [
    ("_y = weighted_mean(_x, _w)\nassert _x.sum() > 0, 'words'", ["_x"]),
    ("for _k in range(2):\n    assert weighted_mean(_x, w=_w) > 0, 'words'", ["_x", "_w"]),
    ("assert sum(weighted_mean(_x.clone(), _w) for _k in range(2)) > 0, 'words'", ["_w"]),
    ("assert weighted_mean(_x.clone(), 2 * _w) > _x.min(), 'words'", []),
    ("_v = torch.ones(3, requires_grad=True)\nassert weighted_mean(_v, torch.ones(3)) > 0 * _v.sum(), 'words'", []),
    ("_y = weighted_mean(_x[1:], _w.view(-1)[1:])\nassert _x.sum() > _w.sum(), 'words'", ["_x", "_w"]),
    ("_y = weighted_mean(_x.clone()[1:], _w[1:])\nassert _x.sum() > 0, 'words'", []),
    ("assert weighted_mean(_x, _w) > 0, 'words'", []),  # nothing looks at them afterwards
]


@pytest.mark.parametrize(("line", "named"), CLONES, ids=[case[0][:40] for case in CLONES])
def test_an_answer_gets_clones_of_what_is_used_again(tiny_course: Path, line: str, named: list[str]) -> None:
    problems = spoilt(tiny_course, swapped("### END HIDDEN TESTS", f"{line}\n### END HIDDEN TESTS", "m1-D1-hidden"))
    assert [problem.rule for problem in problems] == ["clones"] * len(named)
    assert all(f"pass {name}.clone()" in problem.message for problem, name in zip(problems, named, strict=True))
