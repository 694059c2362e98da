"""Feedback pages: a student's own work and what came of it; nothing hostile that was handed in, nothing hidden."""

from __future__ import annotations

import base64
import copy
import html
import re
from pathlib import Path

import pytest
from nbconvert import HTMLExporter

from staff.config import CourseError, load_course
from staff.engine import cell_result, ungraded
from staff.feedback import feedback_page, write_feedback
from staff.grading import write_report
from staff.intake import Master, Submission, load_master
from staff.judging import graded_notebook
from staff.notebook import write_notebook
from staff.outcomes import Finding, FindingKind, Outcome, Result
from staff.pages import SYMBOLS, markdown, pictures, texts
from tests.staff.tiny import MODULE

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\x00" * 40).decode()
SVG = base64.b64encode(b"<svg onload='alert(1)'/>").decode()
HOSTILE_CODE = "def double(x):\n    '''</pre><script>alert(1)</script>'''\n    return 2 * x"
HOSTILE_TEXT = """Sums. <script>alert(2)</script> [click](javascript:alert(3)) <img src=x onerror=alert(4)> **bold**

[data](data:text/html;base64,PHNjcmlwdD4=) <iframe src="https://example.org"></iframe> ![pic](https://example.org/track.png)

<svg><style>*{display:none}</style></svg> <a href="vbscript:x" onclick="y">z</a> $x^2$"""


@pytest.fixture
def master(tiny_course: Path) -> Master:
    return load_master(load_course(tiny_course), tiny_course, "m1")


def submission(master: Master, answers: dict[str, str], outputs: list[dict[str, object]] | None = None) -> Submission:
    notebook = copy.deepcopy(master.notebook)
    for cell, known in zip(notebook.cells, master.cells, strict=True):
        cell.source = answers.get(known.label or "", known.released)
    attempted = {cell.label or "": cell.label in answers for cell in master.answers}
    return Submission("ada", MODULE, notebook, attempted=attempted, outputs={"m1-E1-try": outputs or []})


def result(master: Master, outcome: Outcome, message: str = "") -> Result:
    cells = [cell_result(cell, Outcome.MANUAL if cell.solution else outcome, message=message) for cell in master.graded]
    return Result(student="ada", module=MODULE, cells=cells)


def page(tiny_course: Path, master: Master, handed_in: Submission, graded: Result) -> str:
    return feedback_page(load_course(tiny_course), master, handed_in, graded)


def words(text: str) -> str:
    """What the page says, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def test_hostile_input_comes_out_as_harmless_text(tiny_course: Path, master: Master) -> None:
    outputs: list[dict[str, object]] = [
        {"output_type": "display_data", "data": {"text/html": "<script>alert(5)</script>", "image/svg+xml": "<svg onload=alert(6)>"}},
        {"output_type": "display_data", "data": {"image/png": SVG, "application/javascript": "alert(7)"}},
        {"output_type": "display_data", "data": {"image/png": '" onerror="alert(8)', "text/markdown": "<script>"}},
        {"output_type": "stream", "name": "stdout", "text": ["<script>alert(9)</script>", "</pre><iframe>"]},
        {"output_type": "execute_result", "data": {"text/plain": "<img src=x onerror=alert(10)>"}},
        {"output_type": "display_data", "data": {"image/png": PNG}},
        {"output_type": "display_data", "data": ["not a dict"], "text": 3},
    ]
    graded = result(master, Outcome.FAILED, "<script>alert(11)</script>")
    graded.findings = [Finding(kind=FindingKind.MALFORMED, message="<script>alert(12)</script>")]
    graded.student = "<script>alert(13)</script>"
    handed_in = submission(master, {"m1-E1-code": HOSTILE_CODE, "m1-E1-reflect": HOSTILE_TEXT}, outputs)
    text = page(tiny_course, master, handed_in, graded)
    tags = re.findall(r"<[a-zA-Z][^>]*>", text)
    assert {tag[1:].split()[0].strip(">/").lower() for tag in tags}.isdisjoint({"script", "svg", "iframe", "object", "embed", "link", "form", "base"})
    assert not any(re.search(r"""[\s"'/]on\w+\s*=""", tag) for tag in tags)
    assert not any(re.search(r"(javascript|vbscript|data:text)", tag, re.IGNORECASE) for tag in tags)
    assert [tag for tag in tags if tag.startswith("<img")] == [tag for tag in tags if f"data:image/png;base64,{PNG}" in tag]
    assert not re.search(r"""(src|href)=["']?https?://(?!example\.org)""", text)
    assert "Content-Security-Policy" in text and "default-src 'none'" in text
    assert "<strong>bold</strong>" in text and "$x^2$" in text, "harmless formatting and formulas stay"


def test_pictures_and_texts_take_png_and_plain_text_only() -> None:
    split = [PNG[:10] + "\n", PNG[10:]]
    assert pictures([{"data": {"image/png": split}}, {"data": {"image/png": SVG}}, {"data": {"image/jpeg": PNG}}, {}]) == [PNG]
    said = texts([{"output_type": "stream", "text": "10%\r\x1b[31m100%\x1b[0m"}, {"data": {"text/plain": "<Figure>", "image/png": PNG}}])
    assert said == "100%", "no colour codes, no progress bar, no name of a figure"
    assert len(texts([{"output_type": "stream", "text": "x" * 10_000_000}])) < 2000


def test_markdown_keeps_no_markup_of_its_own() -> None:
    assert "<script" not in markdown("`<script>`\n\n<script>x</script>")
    assert 'href="javascript' not in markdown("<javascript:alert(1)> [a](JavaScript:alert(1)) [b](java\nscript:x)").lower()


def test_formgrader_shows_a_hostile_answer_as_text(master: Master) -> None:
    """By the filter of its template: a script in a grader's browser could give itself points."""
    more = ["<!-- <?php <SCRIPT\n>alert(5)</script> <javascript:alert(6)>", "$a<b$ and 2 < 3 `x<y` [c] [d][c]", "[c]: javascript:alert(7)"]
    text = "\n\n".join([HOSTILE_TEXT, *more])
    notebook = graded_notebook(master, submission(master, {"m1-E1-reflect": text}), result(master, Outcome.PASSED))
    (answer,) = [cell for cell in notebook.cells if cell.id == "m1-E1-reflect"]
    shown = HTMLExporter().markdown2html({"cell": answer, "resources": {}}, answer.source)
    tags = re.findall(r"<[a-zA-Z!?][^>]*>", shown)
    assert {tag[1:].split()[0].strip(">/").lower() for tag in tags} <= {"p", "a", "strong", "code", "blockquote"}, shown
    assert all(tag.startswith('<a href="https://') for tag in tags if "=" in tag), tags
    assert "$a&lt; b$" in shown and "2 &lt; 3" in shown and "alert(2)" in shown


def test_nothing_hidden_and_no_solution_is_shown(tiny_course: Path, master: Master) -> None:
    assert len(master.secrets) > 5
    wrong = {"m1-E1-code": "def double(x):\n    return x", "m1-D1-code": "def weighted_mean(x, w):\n    return x", "m1-E1-reflect": "no idea"}
    handed_in = submission(master, wrong)
    for outcome in Outcome:
        graded = result(master, outcome, "twice each number")
        said = words(page(tiny_course, master, handed_in, graded))
        assert [secret for secret in master.secrets if secret in said] == []
    bare = Submission("ada", MODULE)
    said = words(page(tiny_course, master, bare, ungraded(master, bare, Outcome.NOT_ATTEMPTED)))
    assert [secret for secret in master.secrets if secret in said] == []


def test_the_secrets_are_the_solutions_and_hidden_lines(master: Master) -> None:
    assert "total = (w * x).sum()" in master.secrets and "return torch.add(x, x)" in master.secrets
    assert any("unequal weights" in secret for secret in master.secrets)
    assert "Reference: sums and multiples come out of it unchanged." in master.secrets
    assert not any("def double" in secret for secret in master.secrets)


def test_each_cell_has_a_sign_a_word_points_and_what_to_read(tiny_course: Path, master: Master) -> None:
    handed_in = submission(master, {"m1-D1-code": "def weighted_mean(x, w):\n    return 1"})
    graded = result(master, Outcome.FAILED, "the weights' scale does not matter")
    text = words(page(tiny_course, master, handed_in, graded))
    assert f"{SYMBOLS[Outcome.FAILED]}" in text and "failed · D1 hidden tests: unequal weights, their scale, gradients" in text
    assert "the weights' scale does not matter" in text and "0 of 3" in text and "up to 2" in text
    assert "Read again: the section “D1 · Weighted mean” of the notebook" in text
    assert "Nothing was written here." in text
    assert len(set(SYMBOLS.values())) == len(Outcome), "each outcome has its own sign: colour is never alone"


def test_findings_are_said_in_friendly_words(tiny_course: Path, master: Master) -> None:
    graded = result(master, Outcome.PASSED)
    moved = Finding(kind=FindingKind.REPAIRED, message="cells had been moved")
    graded.findings = [moved, Finding(kind=FindingKind.LATE, message="handed in 2 hours late")]
    text = words(page(tiny_course, master, submission(master, {}), graded))
    assert "Put right by us, no points lost: cells had been moved." in text and "Late: handed in 2 hours late." in text


def test_pages_are_written_for_the_students_of_the_report(tiny_course: Path, master: Master) -> None:
    course = load_course(tiny_course)
    with pytest.raises(CourseError, match="run `course autograde m1` first"):
        write_feedback(course, tiny_course, "m1")
    write_notebook(tiny_course / "submitted" / "ada" / MODULE / f"{MODULE}.ipynb", submission(master, {}).notebook)
    gone = result(master, Outcome.PASSED).model_copy(update={"student": "bo"})
    write_report(tiny_course, master.module, [result(master, Outcome.NOT_ATTEMPTED), gone])
    told: list[tuple[int, int, str]] = []
    written = write_feedback(course, tiny_course, "m1", progress=lambda *args: told.append(args))
    assert [path.relative_to(tiny_course).as_posix() for path in written] == [f"feedback/{s}/{MODULE}/{MODULE}.html" for s in ("ada", "bo")]
    assert told == [(1, 2, "ada"), (2, 2, "bo")]
    assert write_feedback(course, tiny_course, "m1", students=["bo"]) == [written[1]]
