"""The class in a table, and on one page that needs nothing but itself."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from staff.config import load_course
from staff.engine import cell_result
from staff.intake import Master, Submission, load_master
from staff.master import captions
from staff.notebook import write_text
from staff.outcomes import Finding, FindingKind, Outcome, Result
from staff.report import mark, model_pictures, table, write_page
from tests.staff.tiny import MODULE

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\x01" * 40).decode()


@pytest.fixture
def master(tiny_course: Path) -> Master:
    return load_master(load_course(tiny_course), tiny_course, "m1")


def result(master: Master, student: str, **outcomes: Outcome) -> Result:
    """Everything passed but the tasks named, whose tests ended so."""
    cells = []
    for cell in master.graded:
        outcome = Outcome.MANUAL if cell.solution else outcomes.get(cell.task, Outcome.PASSED)
        cells.append(cell_result(cell, outcome, cell.points if outcome is Outcome.PASSED else 0.0))
    return Result(student=student, module=MODULE, cells=cells)


def shown(tiny_course: Path, master: Master, results: list[Result]) -> str:
    console = Console(width=140, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(table(load_course(tiny_course), master.module, results))
    return console.export_text()


def test_a_mark_is_the_worst_automatic_outcome(master: Master) -> None:
    good = mark(result(master, "ada"), "E1")
    assert (good.symbol, good.word, good.look, good.points, good.by_hand) == ("✓", "passed", "passed", "3/5", True)
    mixed = result(master, "ada")
    mixed.cells[-1] = replace(mixed.cells[-1], outcome=Outcome.TIMEOUT, score=0.0)
    assert (mark(mixed, "D1").symbol, mark(mixed, "D1").points, mark(mixed, "D1").look) == ("◷", "1/4", "failed")
    assert mark(result(master, "bo", D1=Outcome.NOT_ATTEMPTED), "D1").look == "none"


def test_the_table_has_tasks_findings_tier_and_points(tiny_course: Path, master: Master) -> None:
    late = result(master, "chen")
    late.findings = [Finding(kind=FindingKind.LATE, message="9 hours late"), Finding(kind=FindingKind.LATE, message="again")]
    text = shown(tiny_course, master, [result(master, "ada"), result(master, "bo", D1=Outcome.FAILED), late])
    rows = {line.split("│")[1].strip(): [part.strip() for part in line.split("│")[2:-1]] for line in text.splitlines() if line.count("│") == 8}
    assert rows["ada"] == ["✓ 1/1", "✓ 3/5 ✎", "✓ 4/4", "", "D", "8/10"]
    assert rows["bo"] == ["✓ 1/1", "✓ 3/5 ✎", "✗ 0/4", "", "E", "4/10"]
    assert rows["chen"][3:] == ["late", "–", "8/10"], "late work reaches no tier, and each kind of finding is named once"
    assert "✗ failed" in text and "◷" not in text, "the legend names the signs that occur"


def test_a_name_is_text_and_no_markup(tiny_course: Path, master: Master) -> None:
    assert "[red]x[/]" in shown(tiny_course, master, [result(master, "[red]x[/]")])


def test_the_page_stands_alone_and_links_to_feedback(tiny_course: Path, master: Master) -> None:
    course = load_course(tiny_course)
    write_text(tiny_course / "feedback" / "ada" / MODULE / f"{MODULE}.html", "<p>page</p>")
    hostile = result(master, "<b>x</b>", D1=Outcome.ERROR)
    hostile.findings = [Finding(kind=FindingKind.MALFORMED, message="<script>alert(1)</script>")]
    gallery = [{"data": PNG, "title": "E1 · Doubling", "caption": "a line"}]
    path = write_page(course, tiny_course, master, [result(master, "ada"), hostile], {"ada": "Everything right."}, gallery, 61.0)
    assert path == tiny_course / "reports" / "demo.html"
    text = path.read_text(encoding="utf-8")
    assert 'href="../feedback/ada/m1_tiny/m1_tiny.html"' in text and text.count("../feedback/") == 2
    assert (path.parent / "../feedback/ada/m1_tiny/m1_tiny.html").exists()
    assert "<script" not in text and "<b>x</b>" not in text
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", text), "nothing is fetched from a network"
    assert f'src="data:image/png;base64,{PNG}" alt="E1 · Doubling: a line"' in text
    for needed in ('<html lang="en">', 'scope="col"', 'scope="row"', "Everything right.", "What the signs mean", "61 s", 'aria-label="error"'):
        assert needed in text, needed


def test_pictures_come_from_training_and_figure_cells(master: Master) -> None:
    cells = {cell.id: [{"output_type": "display_data", "data": {"image/png": PNG}}] for cell in master.cells}
    assert model_pictures(master, Submission("ada", MODULE, outputs=cells)) == [], "a try-it cell is no picture of a model"
    tagged = Master(master.module, master.notebook, tuple(_as_figure(cell) for cell in master.cells), master.zone, master.version)
    found = model_pictures(tagged, Submission("ada", MODULE, outputs=cells))
    assert [(picture["title"], picture["caption"]) for picture in found] == [("E1 · Doubling", "a line")]


def _as_figure(cell: object) -> object:
    from dataclasses import replace

    return replace(cell, tags=("E", "figure"), released='plot(caption="a line")') if cell.id == "m1-E1-try" else cell  # type: ignore[attr-defined,type-var]


def test_cells_without_a_grade_id_go_with_their_tier(master: Master) -> None:
    homes = dict(zip([cell.id for cell in master.cells], master.tasks, strict=True))
    assert homes["m1-E1-try"] == "E1" and homes["m1-D1-try"] == "D1" and homes["title"] == "E0"


def test_captions_are_read_in_order() -> None:
    assert captions("f(1, caption='one'); g(caption=name)\nh(k(caption='two'))") == ["one", "two"]
    assert captions("with new_figure(3.2, 'bars') as figure:\n    figure.add_subplot()") == ["bars"]
    assert captions("f(") == []
