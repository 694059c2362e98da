"""The results of a class: a table for the terminal, and one self-contained page with the table and pictures."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from staff.accept import Decision
from staff.config import Course, Module
from staff.engine import Change, waits
from staff.feedback import feedback_path
from staff.intake import Master, Submission
from staff.master import captions
from staff.notebook import write_text
from staff.outcomes import CellResult, FindingKind, Outcome, Result
from staff.pages import SYMBOLS, pictures, render

STYLES = {"passed": "green", "failed": "dark_orange", "waiting": "magenta", "none": "dim"}
WORST = [Outcome.CRASHED, Outcome.TIMEOUT, Outcome.MEMORY, Outcome.ERROR, Outcome.FAILED, Outcome.NOT_ATTEMPTED]
MOST_IN_A_LINE = 6  # tasks whose sign and points stand side by side in 80 columns; more get two lines each
MEANINGS = {
    Outcome.PASSED: "every test of the task passed",
    Outcome.FAILED: "a test says no",
    Outcome.ERROR: "the code stopped with an exception",
    Outcome.TIMEOUT: "it took too long",
    Outcome.MEMORY: "it needed too much memory",
    Outcome.CRASHED: "the Python process died",
    Outcome.NOT_ATTEMPTED: "nothing was written",
    Outcome.MANUAL: "a person reads the answer",
}


@dataclass(frozen=True)
class Mark:
    """One task of one student, in a cell of the table."""

    symbol: str
    word: str
    look: str
    points: str
    by_hand: bool


def mark(result: Result, task: str) -> Mark:
    """The task's worst automatic outcome, its points, and whether something waits for a person."""
    cells = [cell for cell in result.cells if cell.task == task]
    automatic = [cell for cell in cells if cell.outcome is not Outcome.MANUAL]
    by_hand = any(waits(cell) for cell in cells)
    score, most = sum(cell.score for cell in cells), sum(cell.max_score for cell in cells)
    outcome = _worst(automatic)
    look = {Outcome.PASSED: "passed", Outcome.NOT_ATTEMPTED: "none", Outcome.MANUAL: "waiting"}.get(outcome, "failed")
    return Mark(SYMBOLS[outcome], outcome.value, look, f"{score:g}/{most:g}", by_hand)


def _worst(cells: Sequence[CellResult]) -> Outcome:
    found = {cell.outcome for cell in cells}
    return next((outcome for outcome in WORST if outcome in found), Outcome.PASSED if cells else Outcome.MANUAL)


def tasks_of(module: Module, results: Sequence[Result]) -> list[str]:
    """The columns: the module's tasks in the notebook's order, as the results have them."""
    named = list(dict.fromkeys(cell.task for result in results for cell in result.cells))
    return named or list(module.tasks)


def finding_kinds(result: Result) -> list[str]:
    return [kind.value for kind in FindingKind if any(finding.kind is kind for finding in result.findings)]


def table(course: Course, module: Module, results: Sequence[Result]) -> Table:
    """Student × task for the terminal, with findings, the tier reached and the points."""
    tasks = tasks_of(module, results)
    narrow = len(tasks) > MOST_IN_A_LINE
    title, padding = f"{module.title}: {len(results)} submissions", 0 if narrow else (0, 1)
    shown = Table(title=title, caption=legend(results), title_justify="left", caption_justify="left", padding=padding)
    shown.add_column("student", style="bold", no_wrap=True)
    for task in tasks:
        shown.add_column(task, no_wrap=True)
    for name, justify in (("findings", "left"), ("tier", "center"), ("points", "right")):
        shown.add_column(name, justify=justify)  # type: ignore[arg-type]
    for result in results:
        marks = [mark(result, task) for task in tasks]
        cells = [Text(_told(m, narrow), style=STYLES[m.look]) for m in marks]
        tier, points = result.tier(module), f"{result.score:g}/{result.max_score:g}"
        shown.add_row(Text(result.student), *cells, ", ".join(finding_kinds(result)), tier.value if tier else "–", points)
    return shown


def _told(mark: Mark, narrow: bool) -> str:
    """A task's sign, points and whether a person reads; on two lines where the table is narrow."""
    by_hand = " ✎" if mark.by_hand and mark.symbol != "✎" else ""
    return f"{mark.symbol}{by_hand}\n{mark.points}" if narrow else f"{mark.symbol} {mark.points}{by_hand}"


def changes_table(changes: Sequence[Change]) -> Table:
    """Which scores a second grading changed."""
    shown = Table("student", "test", "before", "now", title="changed scores", title_justify="left")
    for change in changes:
        shown.add_row(change.student, change.grade_id, f"{change.before:g}", f"{change.after:g}")
    return shown


def decisions_table(log: Sequence[Decision]) -> Table:
    """Which tests were accepted for everybody, and by whom: the whole log, oldest first."""
    shown = Table("when", "test", "decision", "by", "reason", title="disputed tests", title_justify="left")
    for decision in log:
        what = "passed for everybody who answered" if decision.accepted else "taken back"
        shown.add_row(f"{decision.at:%d %b %Y %H:%M}", decision.grade_id, what, Text(decision.who), Text(decision.why))
    return shown


def legend(results: Sequence[Result]) -> str:
    """The signs that occur, with their words."""
    used = {cell.outcome for result in results for cell in result.cells}
    return "  ".join(f"{SYMBOLS[outcome]} {outcome.value}" for outcome in Outcome if outcome in used)


def model_pictures(master: Master, submission: Submission, most: int = 9) -> list[dict[str, str]]:
    """The pictures that a submission's own models made: those of its training and figure cells, each with its task and caption."""
    found = []
    for cell, task in zip(master.cells, master.tasks, strict=True):
        if not {"train", "figure"} & set(cell.tags):
            continue
        said = captions(cell.released)
        for number, data in enumerate(pictures(submission.outputs.get(cell.id, []))):
            caption = said[number] if number < len(said) else f"Cell {cell.id}"
            found.append({"data": data, "title": master.spec_title(task) if task else master.module.title, "caption": caption})
    return found[:most]


def write_page(
    course: Course,
    root: Path,
    master: Master,
    results: Sequence[Result],
    did: Mapping[str, str],
    gallery: Sequence[Mapping[str, str]],
    seconds: float,
) -> Path:
    """Write reports/demo.html: the table, what each student did, the pictures, links to the feedback pages."""
    module, path = master.module, root / "reports" / "demo.html"
    tasks = tasks_of(module, results)
    rows = [_row(module, result, tasks, did, root, path.parent) for result in results]
    used = {cell.outcome for result in results for cell in result.cells}
    signs = [(SYMBOLS[outcome], outcome.value, MEANINGS[outcome], _look(outcome)) for outcome in Outcome if outcome in used]
    heads = [(task, module.tasks[task].title if task in module.tasks else "") for task in tasks]
    passed = sum(mark(result, task).look == "passed" for result in results for task in tasks)
    page = render(
        "report.html", course=course, module=module, rows=rows, heads=heads, signs=signs, gallery=gallery,
        seconds=seconds, passed=passed, possible=len(results) * len(tasks),
    )  # fmt: skip
    write_text(path, page)
    return path


def _look(outcome: Outcome) -> str:
    return {Outcome.PASSED: "passed", Outcome.NOT_ATTEMPTED: "none", Outcome.MANUAL: "waiting"}.get(outcome, "failed")


def _row(module: Module, result: Result, tasks: Sequence[str], did: Mapping[str, str], root: Path, here: Path) -> dict[str, object]:
    page = feedback_path(root, result.student, module.id)
    link = os.path.relpath(page, here).replace(os.sep, "/") if page.exists() else ""
    tier = result.tier(module)
    return {
        "student": result.student, "did": did.get(result.student, ""), "marks": [mark(result, task) for task in tasks],
        "findings": result.findings, "tier": tier.value if tier else "", "score": f"{result.score:g}", "most": f"{result.max_score:g}",
        "link": link, "seconds": result.seconds,
    }  # fmt: skip
