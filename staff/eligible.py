"""Who may take an oral exam, and from when: its notebooks are handed in and count; an extension of one of them moves the exam, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from staff.config import Course, Oral
from staff.deadlines import deadline
from staff.moments import Strict
from staff.standing import Standing

State = Literal["may take it", "later", "notebooks missing", "taken"]


class Eligible(Strict):
    """One student and one oral exam: `after` is set where extensions or late days last beyond the exam's date."""

    student: str
    state: State
    missing: tuple[str, ...] = ()  # modules without a notebook that counts
    after: datetime | None = None
    retake: bool = False  # taken before, and another time is allowed


def eligible(course: Course, oral: Oral, found: Sequence[Standing]) -> list[Eligible]:
    """Everybody's eligibility for an oral exam of the ordinary course."""
    return [_one(course, oral, standing) for standing in found]


def _one(course: Course, oral: Oral, standing: Standing) -> Eligible:
    missing = tuple(module for module in oral.modules if not standing.record.notebooks[module].counts)
    ends = [deadline(course, module, standing.extensions) for module in oral.modules if module in standing.extensions]
    at = course.when(oral.at)
    after = max((end for end in ends if end > at), default=None)
    taken = [entry for entry in standing.entries if entry.kind == "oral" and entry.period == "ordinary" and entry.counts]
    here = [entry for entry in taken if entry.item == oral.id]
    retakes = len(taken) - len({entry.item for entry in taken})
    retake = bool(here) and retakes < course.grades.oral_retakes
    state: State = "taken" if here else "later" if after else "notebooks missing" if missing else "may take it"
    return Eligible(student=standing.student, state=state, missing=missing, after=after, retake=retake)
