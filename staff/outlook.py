"""How far each student can still come: what is due in the future is taken as done well, what is past as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from staff.config import Course
from staff.deadlines import deadline
from staff.grade import Letter, Level, Notebook, Record, grade, needs
from staff.moments import Strict
from staff.standing import Standing

SOON = timedelta(days=7)


class Outlook(Strict):
    """The best letter that is still open in the ordinary course, what was missed for E, and what is due soon."""

    student: str
    reach: Letter
    missed: tuple[str, ...]
    soon: tuple[str, ...]

    @property
    def at_risk(self) -> bool:
        return self.reach in (Letter.F, Letter.FX)


def outlook(course: Course, standing: Standing, when: datetime) -> Outlook:
    """The outlook of a student at a time; an examiner's decision is taken as it is."""
    record = standing.record
    open_ = {item for item in [*record.notebooks, *record.orals, "quiz", "video", "seminar"] if deadline(course, item, standing.extensions) > when}
    best = _at_best(record, open_)
    reach = grade(best, course.grades).letter
    lost, lacking = ([need for need in needs(one, course.grades) if need.letter is Letter.E] for one in (best, record))
    near = {item for item in open_ if deadline(course, item, standing.extensions) <= when + SOON}
    return Outlook(
        student=standing.student,
        reach=standing.decision.letter if standing.override else max(reach, standing.decision.letter, key=lambda letter: letter.rank),
        missed=tuple(need.words for need in lost),
        soon=tuple(need.words for need in lacking if need.item in near),
    )


def _at_best(record: Record, open_: set[str]) -> Record:
    """The record when everything that is still open, or only waits to be read, succeeds."""
    notebooks = {name: _notebook(old, name in open_) for name, old in record.notebooks.items()}
    orals = {name: Level.C if name in open_ else level for name, level in record.orals.items()}
    done = {name: getattr(record, name) or name in open_ for name in ("quiz", "video", "seminar")}
    return replace(record, notebooks=notebooks, orals=orals, **done)


def _notebook(old: Notebook, open_: bool) -> Notebook:
    if open_:
        return Notebook(state="counts", problems=(*old.problems, *old.open_problems))
    read = set(old.waiting)
    return replace(old, missing_e=tuple(t for t in old.missing_e if t not in read), missing_d=tuple(t for t in old.missing_d if t not in read))
