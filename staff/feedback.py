"""`course feedback`: one self-contained page per student: own answers, what came of each, and where to read again.

Nothing of a hidden test or a solution is on it, and nothing a student handed in is trusted: see staff/pages.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from staff.config import Course
from staff.engine import waits
from staff.grading import Progress, read_report
from staff.hand_marks import HandMarks, hand_marks
from staff.intake import Master, Submission, load_master, read_submission
from staff.late_days import own_due_dates
from staff.master import MasterCell
from staff.moments import now
from staff.notebook import grade_id, write_text
from staff.outcomes import CellResult, FindingKind, Outcome, Result
from staff.pages import code, markdown, pictures, render, texts
from staff.work import by_hand

FRIENDLY = {
    FindingKind.MALFORMED: "We could not read all of it",
    FindingKind.TAMPERED: "Cells that are not yours to change",
    FindingKind.LATE: "Late",
    FindingKind.ENVIRONMENT: "About where it ran",
    FindingKind.REPAIRED: "Put right by us, no points lost",
}
PICTURES = 16  # on one page


@dataclass
class Answer:
    label: str
    html: Markup
    is_code: bool
    empty: bool


@dataclass
class Shown:
    label: str
    text: str
    pictures: list[str]


@dataclass
class TaskView:
    """One task on the page."""

    name: str
    title: str
    cells: list[dict[str, Any]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    reread: str = ""


def feedback_path(root: Path, student: str, module: str) -> Path:
    return root / "feedback" / student / module / f"{module}.html"


def write_feedback(course: Course, root: Path, module: str, students: list[str] | None = None, progress: Progress | None = None) -> list[Path]:
    """Write the page of every student in the module's report (or of `students`); returns the files."""
    master = load_master(course, root, module)
    results = [result for result in read_report(root, master.module) if students is None or result.student in students]
    written, due, own = [], course.due(master.module), own_due_dates(course, root, master.module)
    given = hand_marks(course, root, master.module.id)
    for number, result in enumerate(results, 1):
        submission = read_submission(root / "submitted" / result.student / master.module.id, master, own.get(result.student, due))
        path = feedback_path(root, result.student, master.module.id)
        marks = given.get(result.student, HandMarks())
        page = feedback_page(course, master, submission, marks.applied(result), own.get(result.student, due), marks.comments)
        write_text(path, page)
        written.append(path)
        if progress:
            progress(number, len(results), result.student)
    return written


def feedback_page(
    course: Course, master: Master, submission: Submission, result: Result, until: datetime | None = None, comments: Mapping[str, str] | None = None
) -> str:
    """The page of one student, who may hand in until then; `comments` are what people wrote about a cell."""
    tasks = [_task(master, submission, result, name) for name in dict.fromkeys(cell.task for cell in result.cells)]
    _limit_pictures(tasks)
    for cell in (cell for task in tasks for cell in task.cells):
        cell["comment"] = (comments or {}).get(cell["grade_id"], "")
    handed_in = submission.handed_in.astimezone(course.zone).strftime("%d %B %Y, %H:%M") if submission.handed_in else ""
    waiting = sum(waits(cell) for cell in result.cells)
    tested = {cell.task for cell in result.cells if not by_hand(cell.grade_id)}
    passed = sum(result.passed(name) for name in tested)
    return render(
        "feedback.html", course=course, module=master.module, result=result, tasks=tasks, friendly=FRIENDLY,
        handed_in=handed_in, waiting=waiting, passed=passed, tested=len(tested), again=_again(course, until),
    )  # fmt: skip


def _again(course: Course, until: datetime | None) -> str:
    """Until when another hand-in counts, in words."""
    if until is None:
        return "The best attempt counts."
    can = "You can hand in again" if now() <= until else "It could be handed in"
    return f"{can} until {until.astimezone(course.zone):%d %B %Y, %H:%M}; the best attempt counts."


def _task(master: Master, submission: Submission, result: Result, name: str) -> TaskView:
    view = TaskView(name, master.spec_title(name))
    cells = [cell for cell in result.cells if cell.task == name]
    view.cells = [_cell(master, cell) for cell in cells]
    if any(cell.outcome not in (Outcome.PASSED, Outcome.MANUAL) for cell in cells):
        topics = master.module.tasks[name].topics if name in master.module.tasks else []
        topic = f" (topic {', '.join(topics)})" if topics else ""
        view.reread = f"the section “{view.title}” of the notebook, from its specification on{topic}."
    if submission.notebook is None:
        return view
    ours = {str(found): cell.source for cell in submission.notebook.cells if (found := grade_id(cell))}
    for cell in master.cells:
        if cell.solution and cell.task == name and cell.label:
            view.answers.append(_answer(cell, ours.get(cell.label, ""), submission.attempted.get(cell.label, False)))
    view.shown = [_shown(cell, submission) for cell in _cells_around(master, name) if not cell.locked and cell.kind == "code"]
    return view


def _cells_around(master: Master, task: str) -> list[MasterCell]:
    """The task's cells and the unlabelled ones (try-it, figures, training) that go with them."""
    return [cell for cell, home in zip(master.cells, master.tasks, strict=True) if home == task]


def _answer(cell: MasterCell, source: str, attempted: bool) -> Answer:
    is_code = cell.kind == "code"
    return Answer(cell.label or "", code(source) if is_code else markdown(source), is_code, not attempted)


def _shown(cell: MasterCell, submission: Submission) -> Shown:
    outputs = submission.outputs.get(cell.id, [])
    return Shown(cell.label or cell.id, texts(outputs), pictures(outputs))


def _cell(master: Master, cell: CellResult) -> dict[str, Any]:
    """One result box: what was examined in words, from the first line that students see."""
    known = master.by_label.get(cell.grade_id)
    first = next((line for line in known.released.splitlines() if line.strip()), "") if known else ""
    what = first.lstrip("# ").rstrip(".") if known and not known.solution else f"your answer {cell.grade_id}"
    look = {Outcome.PASSED: "passed", Outcome.NOT_ATTEMPTED: "none", Outcome.MANUAL: "waiting"}.get(cell.outcome, "failed")
    return {**asdict(cell), "look": look, "what": what, "open": waits(cell)}


def _limit_pictures(tasks: list[TaskView]) -> None:
    left = PICTURES
    for task in tasks:
        for shown in task.shown:
            shown.pictures = shown.pictures[:left]
            left -= len(shown.pictures)
