"""Double marking: a random tenth of the answers that people read is read by a second grader, and how far both agree is reported.

The draw is by a hash of course, cell and student: the same on every machine, hardly moved when a late hand-in comes.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from staff.attempts import Attempt, read_attempts
from staff.config import Course, CourseError, Module
from staff.database import reading
from staff.event_checks import LONGEST
from staff.events import Event, add, in_force, read_events
from staff.moments import Strict, now
from staff.near import did_you_mean
from staff.regrades import graded_cell
from staff.work import by_hand, label_of

KIND = "second mark"
SHARE = 10  # one of so many
STEPS = 4  # kappa compares shares of the points in quarters


class Pair(Strict):
    """One drawn answer: what the first grader gave (None: nobody yet), what the second one gave."""

    student: str
    cell: str
    most: float
    first: float | None = None
    second: float | None = None
    by: str = ""

    @property
    def both(self) -> bool:
        return self.first is not None and self.second is not None


class Agreement(Strict):
    """How far two graders agree over the answers that both read: scores as shares of the points."""

    pairs: int
    equal: float
    difference: float
    distance: float
    kappa: float | None


def drawn(course: Course, answers: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """(student, cell): of the students who answered each cell a tenth, at least one."""
    found = []
    for cell, students in sorted(answers.items()):
        ranked = sorted(students, key=lambda student: hashlib.sha256(f"{course.id}\0{course.version}\0{cell}\0{student}".encode()).digest())
        found += [(student, cell) for student in sorted(ranked[: math.ceil(len(ranked) / SHARE)])]
    return found


def pairs(course: Course, root: Path, module: Module) -> list[Pair]:
    """The drawn answers of a module, with both graders' scores as far as they are there."""
    with reading(course, root) as connection:
        return pairs_of(course, connection, module)


def pairs_of(course: Course, connection: Connection, module: Module) -> list[Pair]:
    newest = {student: one for student, attempts in read_attempts(connection).items() if (one := _last(attempts, module))}
    answered: dict[str, list[str]] = defaultdict(list)
    for student, attempt in newest.items():
        for cell, scored in attempt.cells.items():
            if by_hand(cell) and label_of(cell) and scored.score != 0:  # a blank one has its 0 from the judge
                answered[cell].append(student)
    marks = {(event.student, event.item): event for event in in_force(read_events(connection)) if event.kind == KIND}
    found = []
    for student, cell in drawn(course, answered):
        scored, mark = newest[student].cells[cell], marks.get((student, cell))
        second, who = (float(mark.value), mark.who) if mark else (None, "")
        found.append(Pair(student=student, cell=cell, most=scored.most, first=scored.score, second=second, by=who))
    return found


def _last(attempts: Sequence[Attempt], module: Module) -> Attempt | None:
    mine = [attempt for attempt in attempts if attempt.module == module.id]
    return mine[-1] if mine else None


def record(course: Course, root: Path, student: str, cell: str, score: float, who: str) -> Event:
    """Log what the second grader gives. Raises CourseError for what was not drawn or can't be given."""
    module, most = graded_cell(course, cell)
    who = " ".join(who.split())
    if not who or len(who) > LONGEST["who"]:
        raise CourseError("course mark: is logged with the grader's name; give --by NAME")
    if not math.isfinite(score) or not 0 <= score <= most:
        raise CourseError(f"course mark --score {score:g}: {cell} gives 0 to {most:g} points")
    if not by_hand(cell):
        raise CourseError(f"{cell}: tests grade it, not people; only reflections and A+B code are read twice")
    to_read = {(pair.student, pair.cell) for pair in pairs(course, root, module)}
    if (student, cell) not in to_read:
        remedy = did_you_mean(student, [one for one, other in to_read if other == cell], f"`course double-mark {module.key}` lists what was")
        raise CourseError(f"{student} {cell}: not drawn to be read twice; {remedy}")

    def checked(_: set[str], log: list[Event]) -> list[Event]:
        when = now()
        return [Event(kind=KIND, student=student, item=cell, value=f"{score:g}", at=when, who=who, recorded=when)]

    added = add(course, root, checked)
    if not added:
        raise CourseError(f"{student} {cell}: exactly this was recorded a second ago")
    return added[0]


def agreement(found: Sequence[Pair]) -> Agreement | None:
    """None where nothing was read twice yet. `kappa` is Cohen's, weighted by squares; None where it is not defined."""
    shares = [(pair.first / pair.most, pair.second / pair.most) for pair in found if pair.first is not None and pair.second is not None]
    if not shares:
        return None
    gaps = [second - first for first, second in shares]
    return Agreement(
        pairs=len(shares), equal=sum(abs(gap) < 1e-9 for gap in gaps) / len(gaps), difference=sum(gaps) / len(gaps),
        distance=sum(abs(gap) for gap in gaps) / len(gaps), kappa=_kappa(shares),
    )  # fmt: skip


def _kappa(shares: Sequence[tuple[float, float]]) -> float | None:
    from sklearn.metrics import cohen_kappa_score  # takes a second to import, and is needed here only

    first, second = ([min(STEPS, math.floor(share * STEPS + 0.5)) for share in side] for side in zip(*shares, strict=True))
    if len({*first, *second}) < 2:
        return None
    return float(cohen_kappa_score(first, second, labels=list(range(STEPS + 1)), weights="quadratic"))
