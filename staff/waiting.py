"""`course queue`: what needs a person. Answers to read, task by task; what grading flagged; regrade requests; what is read twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Row, column, inspect, text

from staff.config import Course, Module
from staff.database import reading
from staff.deadlines import deadline, in_window
from staff.events import in_force, read_events
from staff.late_days import own_due_dates
from staff.moments import Strict, now
from staff.notebook import write_text
from staff.outcomes import Finding, FindingKind, Result
from staff.pages import render
from staff.regrades import Request, graded_cell, requests
from staff.second_marks import Agreement, Pair, agreement, pairs_of
from staff.work import by_hand, label_of

OPEN = """SELECT sa.student_id AS student, a.name AS module, b.name AS cell, n.id AS notebook, g.manual_score AS manual
    FROM submitted_assignment sa JOIN assignment a ON sa.assignment_id = a.id
    JOIN submitted_notebook n ON n.assignment_id = sa.id JOIN grade g ON g.notebook_id = n.id
    JOIN base_cell b ON g.cell_id = b.id WHERE g.needs_manual_grade"""
NOTEBOOKS = text("""SELECT sa.student_id AS student, a.name AS module, n.id AS notebook, sa.timestamp AS handed_in
    FROM submitted_assignment sa JOIN assignment a ON sa.assignment_id = a.id
    JOIN submitted_notebook n ON n.assignment_id = sa.id""").columns(
    column("student"), column("module"), column("notebook"), column("handed_in", DateTime)
)
FLAGGED = (FindingKind.TAMPERED, FindingKind.MALFORMED, FindingKind.ENVIRONMENT)


class ToRead(Strict):
    """The answers to one cell that wait for a reader: student -> where formgrader shows them."""

    module: str
    cell: str
    title: str
    links: dict[str, str]
    again: tuple[str, ...] = ()  # read before; the automatic score changed under it

    @property
    def rank(self) -> tuple[str, bool, str]:
        """Modules in order; A+B problems last."""
        return self.module, "-AB" in self.cell, self.cell


class Flag(Strict):
    student: str
    module: str
    finding: Finding
    link: str = ""


class Asked(Strict):
    request: Request
    link: str = ""


class Queue(Strict):
    """All that waits."""

    to_read: tuple[ToRead, ...]
    flags: tuple[Flag, ...]
    asked: tuple[Asked, ...]
    twice: tuple[Pair, ...]
    agreement: Agreement | None
    links: dict[str, str]  # "student cell" -> formgrader, for what is read twice

    @property
    def size(self) -> int:
        return sum(len(one.links) for one in self.to_read) + len(self.flags) + len(self.asked) + sum(pair.second is None for pair in self.twice)


def queue(course: Course, root: Path, module: Module | None = None, url: str = "") -> Queue:
    """What waits, of one module or of all; links begin with `url`, where JupyterLab with formgrader runs."""
    modules = [module] if module else [one for one in course.modules if one.graded]
    names = {one.id for one in modules}
    with reading(course, root) as connection:
        rows = connection.execute(NOTEBOOKS).all()
        links = {(row.student, row.module): f"{url.rstrip('/')}/formgrader/submissions/{row.notebook}/" for row in rows}
        late = _late(course, root, modules, rows)
        to_read = _to_read(course, connection, names, links, late)
        flags = _flags(connection, names, links)
        open_ = [one for one in requests(in_force(read_events(connection))) if one.answer is None]
        twice = [pair for one in modules for pair in pairs_of(course, connection, one)]
    asked = [(one, graded_cell(course, one.cell)[0].id) for one in open_]
    return Queue(
        to_read=tuple(sorted(to_read, key=lambda one: one.rank)),
        flags=tuple(flags),
        asked=tuple(Asked(request=one, link=links.get((one.student, name), "")) for one, name in asked if name in names),
        twice=tuple(twice),
        agreement=agreement(twice),
        links={f"{pair.student} {pair.cell}": links.get((pair.student, graded_cell(course, pair.cell)[0].id), "") for pair in twice},
    )


def _late(course: Course, root: Path, modules: Sequence[Module], rows: Sequence[Row[Any]]) -> set[tuple[str, str]]:
    """(student, module) whose hand-in in the gradebook does not count for its time: nobody need read it."""
    found = set()
    for module in modules:
        own = own_due_dates(course, root, module)
        for row in (row for row in rows if row.module == module.id and row.handed_in):
            when = row.handed_in.replace(tzinfo=UTC)
            if when > own.get(row.student, deadline(course, module.id)) and not in_window(course, when):
                found.add((row.student, row.module))
    return found


def _to_read(course: Course, connection: Connection, names: set[str], links: dict[tuple[str, str], str], late: set[tuple[str, str]]) -> list[ToRead]:
    waiting: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    again: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in connection.execute(text(OPEN + " ORDER BY sa.student_id")):
        if row.module in names and label_of(row.cell) and (row.student, row.module) not in late:
            waiting[row.module, row.cell][row.student] = links.get((row.student, row.module), "")
            if row.manual is not None or not by_hand(row.cell):
                again[row.module, row.cell].append(row.student)
    return [
        ToRead(module=name, cell=cell, title=_title(course, name, cell), links=students, again=tuple(again[name, cell]))
        for (name, cell), students in waiting.items()
    ]


def _title(course: Course, module: str, cell: str) -> str:
    label, tasks = label_of(cell), course.module(module).tasks
    return tasks[label.task].title if label and label.task in tasks else ""


def _flags(connection: Connection, names: set[str], links: dict[tuple[str, str], str]) -> list[Flag]:
    if not inspect(connection).has_table("course_results"):
        return []
    found = []
    for student, module, stored in connection.execute(text("SELECT student, module, result FROM course_results ORDER BY module, student")):
        for finding in Result.model_validate_json(stored).findings if module in names else []:
            if finding.kind in FLAGGED:
                found.append(Flag(student=student, module=module, finding=finding, link=links.get((student, module), "")))
    return found


def queue_path(root: Path) -> Path:
    return root / "reports" / "queue.html"


def write_queue(course: Course, root: Path, found: Queue) -> Path:
    """Write the page with the links; returns its file."""
    write_text(queue_path(root), render("queue.html", course=course, queue=found, now=now().astimezone(course.zone)))
    return queue_path(root)
