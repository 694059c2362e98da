"""When nobody can hand in a module any more: after its due date, every extension, and every renewed examination that may use it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from staff.config import Course, Module
from staff.deadlines import course_end, window
from staff.grade import RENEWABLE
from staff.late_days import DAY, most_for_one
from staff.standing import Standing, standings

MOST_NAMED = 5


def reasons_against(course: Course, root: Path, module: Module, now: datetime) -> list[str]:
    """Why the module's solutions must not go out at `now`, in words with the date of each; empty when they may."""
    if not module.graded:
        return [f"its quiz is due {_shown(course, when)}"] if module.quiz_due and (when := course.when(module.quiz_due)) >= now else []
    due = course.due(module)
    assert due is not None  # a graded module has one
    late = most_for_one(course) * DAY
    everybody = standings(course, root)
    found = []
    if now <= due:
        found.append(f"it is due {_shown(course, due)}")
    elif now <= due + late:
        found.append(f"with late days it may be handed in until {_shown(course, due + late)}")
    return [*found, *_extended(course, module, everybody, now, late), *_renewable(course, module, everybody, now)]


def _extended(course: Course, module: Module, everybody: Sequence[Standing], now: datetime, late: timedelta) -> list[str]:
    """Extensions that have not run out; late days come on top."""
    given = [(until + late, standing.student) for standing in everybody if (until := standing.extensions.get(module.id))]
    running = [(until, student) for until, student in given if now <= until]
    if not running:
        return []
    named = _listed([student for _, student in sorted(running, reverse=True)])
    return [f"the extension of {named} lasts until {_shown(course, max(running)[0])}" + (", with late days" if late else "")]


def _renewable(course: Course, module: Module, everybody: Sequence[Standing], now: datetime) -> list[str]:
    """Fx, and E to B, may hand in one notebook again in the re-exam period; before the letters are known, anybody may come to that."""
    period = window(course)
    if period is None or now > period[1]:
        return []
    ends = f"until the re-exam period ends, {_shown(course, period[1])}"
    if now <= course_end(course):
        return [f"the letters are not known before {_shown(course, course_end(course))}, and with Fx or E to B it may be handed in again {ends}"]
    may = [standing.student for standing in everybody if standing.ordinary in RENEWABLE and standing.used.notebook in (None, module.id)]
    return [f"{_listed(may)} may hand it in again (Fx, or E to B) {ends}"] if may else []


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else shown


def _shown(course: Course, when: datetime) -> str:
    return f"{when.astimezone(course.zone):%a %d %b %Y %H:%M}"
