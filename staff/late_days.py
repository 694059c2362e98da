"""Late days that students claim by a line at the top of the notebook, and what becomes of the claims: a ledger in the log of events.

A claim is granted when it covers the delay and the student has that many left; what is used up is the delay, not the claim.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from staff.config import Course, Module
from staff.database import reading
from staff.deadlines import Extensions, deadline
from staff.events import Event, in_force, read_events
from staff.handed_in import StudentCell
from staff.moments import Strict, now

KIND = "late days"
WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "a": 1}
CLAIM = re.compile(rf"\bI(?:'m| am) using (?P<n>\d{{1,2}}|{'|'.join(WORDS)}) (?:of my )?late[ -]days?\b", re.IGNORECASE)
TOP = 5  # cells in which the line may stand
DAY = timedelta(days=1)


class Ledger(Strict):
    """One student's late days: module id -> days."""

    student: str
    used: dict[str, int]
    allowed: int

    @property
    def left(self) -> int:
        return self.allowed - sum(self.used.values())


class Ruling(Strict):
    """What becomes of one hand-in: until when it is in time, the days that it uses, and a word where something is odd."""

    until: datetime
    days: int = 0
    note: str = ""

    @property
    def granted(self) -> bool:
        return self.days > 0


def claimed(cells: Sequence[StudentCell]) -> int:
    """The days of the first line `I am using 2 of my late days` in the notebook's first cells; 0 without one."""
    for cell in cells[:TOP]:
        match = CLAIM.search(cell.source)
        if match:
            return WORDS.get(match["n"].lower()) or int(match["n"])
    return 0


def used_days(events: Iterable[Event]) -> dict[str, int]:
    """Module -> late days that were used for it; of several hand-ins of one module the most."""
    used: dict[str, int] = {}
    for event in events:
        if event.kind == KIND:
            used[event.item] = max(int(event.value), used.get(event.item, 0))
    return used


def extended(events: Iterable[Event]) -> Extensions:
    """The longest extension of each item, from events in force."""
    found: Extensions = {}
    for event in events:
        if event.kind == "extension":
            until = datetime.fromisoformat(event.value)
            found[event.item] = max(until, found.get(event.item, until))
    return found


def moved(course: Course, events: Sequence[Event]) -> Extensions:
    """Until when each item lasts for a student whose events (in force) these are: extensions, and late days on top of them."""
    found = extended(events)
    for module, days in used_days(events).items():
        found[module] = deadline(course, module, found) + days * DAY
    return found


def own_due_dates(course: Course, root: Path, module: Module) -> dict[str, datetime]:
    """Student -> until when, for those who have an extension of the module or used late days for it."""
    with reading(course, root) as connection:
        log = in_force(read_events(connection))
    found = {}
    for student in {event.student for event in log if event.item == module.id and event.kind in ("extension", KIND)}:
        found[student] = deadline(course, module.id, moved(course, [event for event in log if event.student == student]))
    return found


def ledger(course: Course, student: str, events: Iterable[Event]) -> Ledger:
    mine = [event for event in events if event.student == student]
    return Ledger(student=student, used=used_days(mine), allowed=course.policies.late.late_days)


def ruling(course: Course, module: Module, when: datetime, claim: int, events: Sequence[Event]) -> Ruling:
    """Judge one hand-in by the student's events in force, without those of a claim for this very module."""
    end = deadline(course, module.id, extended(events))
    if when <= end:
        return Ruling(until=end, note=f"claims {_days(claim)}, but is in time: none is used" if claim else "")
    rules, needed = course.policies.late, math.ceil((when - end) / DAY)
    if claim == 0:
        return Ruling(until=end)
    if rules.late_days == 0:
        return Ruling(until=end, note=f"claims {_days(claim)}; this course has none")
    used = {item: days for item, days in used_days(events).items() if item != module.id}
    left = rules.late_days - sum(used.values())
    most = min(left, most_for_one(course))
    if needed > claim:
        return Ruling(until=end, note=f"claims {_days(claim)}, but is {_days(needed)} late: none is used")
    if needed > most:
        why = f"{_days(left)} left" if left <= most else f"at most {_days(most)} for one notebook"
        return Ruling(until=end, note=f"needs {_days(needed)}, {why}: none is used")
    return Ruling(until=end + needed * DAY, days=needed)


def most_for_one(course: Course) -> int:
    """The late days that one notebook can take; `max_per_assignment: 0` is no limit of its own."""
    rules = course.policies.late
    return min(rules.late_days, rules.max_per_assignment or rules.late_days)


def event_of(student: str, module: Module, days: int, when: datetime) -> Event:
    """The ledger's line: `at` is when it was handed in, so that collecting twice writes it once."""
    return Event(kind=KIND, student=student, item=module.id, value=str(days), at=when, who="course collect", reason="claimed", recorded=now())


def _days(count: int) -> str:
    return f"{count} late day{'s' if count != 1 else ''}"
