"""Regrade requests: a student asks to look at a graded cell again, the team answers. Both are lines of the log of events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from staff.config import Course, CourseError, Module
from staff.event_checks import LONGEST
from staff.events import Event, add
from staff.moments import Strict, now
from staff.near import did_you_mean

KIND = "regrade"
Answer = Literal["asked", "granted", "refused"]


class Request(Strict):
    """One request: what was asked, and the answer if there is one."""

    student: str
    cell: str
    reason: str
    asked: datetime
    number: int
    answer: Event | None = None


def graded_cell(course: Course, cell: str) -> tuple[Module, float]:
    """The module of a graded cell and the points it can give. Raises CourseError with the names that are near."""
    everything = {
        f"{module.key}-{name}-{key}": (module, most)
        for module in course.modules
        for name, task in module.tasks.items()
        for key, most in task.points.items()
    }
    if cell not in everything:
        raise CourseError(f"cell {cell!r}: no graded cell of that name; {did_you_mean(cell, everything, 'they look like m3-D1-hidden')}")
    module, most = everything[cell]
    return module, float(most)


def requests(log: Sequence[Event]) -> list[Request]:
    """Every request among the events in force, oldest first; an answer belongs to the last request of that cell before it."""
    found: list[Request] = []
    for event in log:
        if event.kind != KIND:
            continue
        if event.value == "asked":
            found.append(Request(student=event.student, cell=event.item, reason=event.reason, asked=event.at, number=event.number))
            continue
        mine = [index for index, one in enumerate(found) if (one.student, one.cell, one.answer) == (event.student, event.item, None)]
        if mine:
            found[mine[-1]] = found[mine[-1]].model_copy(update={"answer": event})
    return found


def record(course: Course, root: Path, student: str, cell: str, value: Answer, reason: str, who: str = "") -> Event:
    """Log a request or its answer. Raises CourseError where it can't be; nothing is written then."""
    graded_cell(course, cell)
    reason, who = " ".join(reason.split()), " ".join(who.split())
    if not reason or (value != "asked" and not who):
        needed = "--reason TEXT" if value == "asked" else "--by NAME and --reason TEXT"
        raise CourseError(f"course request {student} {cell}: is logged with {needed}")
    if len(reason) > LONGEST["reason"] or len(who) > LONGEST["who"]:
        raise CourseError(f"course request {student} {cell}: --reason has {LONGEST['reason']} letters at most, --by {LONGEST['who']}")

    def checked(students: set[str], log: list[Event]) -> list[Event]:
        if student not in students:
            remedy = did_you_mean(student, students)
            raise CourseError(f"student {student!r}: not known to this course" + (f"; {remedy}" if remedy else ""))
        is_open = [one for one in requests(log) if (one.student, one.cell) == (student, cell) and one.answer is None]
        if value == "asked" and is_open:
            raise CourseError(f"course request {student} {cell}: asked already (number {is_open[0].number}) and not answered yet")
        if value != "asked" and not is_open:
            raise CourseError(f"course request {student} {cell}: no open request to answer; `course request` lists them")
        when = now()
        return [Event(kind=KIND, student=student, item=cell, value=value, at=when, who=who, reason=reason, recorded=when)]

    added = add(course, root, checked)
    if not added:
        raise CourseError(f"course request {student} {cell}: exactly this was recorded a second ago")
    return added[0]
