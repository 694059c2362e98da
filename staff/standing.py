"""Where a student stands: attempts and events become the record of best performances, with what did not count and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field

from staff.attempts import Attempt, read_attempts
from staff.config import Course, CourseError
from staff.database import reading
from staff.deadlines import Extensions, deadline, in_window
from staff.events import Event, in_force, read_events, students
from staff.grade import RENEWABLE, Decision, Letter, Level, Record, grade
from staff.late_days import moved
from staff.moments import Strict
from staff.raise_plan import Used
from staff.work import notebook_of

Period = Literal["ordinary", "renewed", "late"]
DONE = {"quiz": "passed", "video": "accepted", "seminar": "attended"}


class Entry(Strict):
    """One thing that a student did, and whether it counts; `why` says why not, or what it did."""

    kind: str
    item: str
    value: str = ""
    at: datetime | None = None
    period: Period = "ordinary"
    counts: bool = True
    why: str = ""
    number: int = 0
    attempt: Attempt | None = None


class Standing(Strict):
    """All that the course knows of a student's grade."""

    student: str
    decision: Decision
    ordinary: Letter  # at the end of the ordinary course, before anything was renewed
    record: Record
    used: Used
    entries: tuple[Entry, ...] = ()
    extensions: Extensions = Field(default_factory=dict)
    override: Event | None = None
    warnings: tuple[str, ...] = ()


def standings(course: Course, root: Path, only: str | None = None) -> list[Standing]:
    """Everybody's standing (or that of one), by student's id."""
    with reading(course, root) as connection:
        attempts, log = read_attempts(connection, only), in_force(read_events(connection))
        everybody = sorted(student for student in students(connection, root) if only in (None, student))
    events: dict[str, list[Event]] = {student: [] for student in everybody}
    for event in log:
        if event.student in events:
            events[event.student].append(event)
    return [standing(course, student, attempts.get(student, []), events[student]) for student in everybody]


def standing(course: Course, student: str, attempts: Sequence[Attempt], events: Sequence[Event]) -> Standing:
    """The standing of one student, from attempts and events (those in force) alone."""
    extensions = moved(course, events)
    entries = _entries(course, attempts, events, extensions)
    overrides = [event for event in events if event.kind == "override"]
    override = max(overrides, key=lambda event: (event.at, event.number)) if overrides else None
    ordinary = grade(_record(course, [entry for entry in entries if entry.period == "ordinary"]), course.grades).letter
    opened = Letter(override.value) if override else ordinary
    entries = _renewed(entries, opened)
    record = _record(course, entries)
    decision = _decided(grade(record, course.grades), override, entries, course)
    renewed = [entry for entry in entries if entry.period == "renewed" and entry.counts]
    used = Used(**{kind: next((entry.item for entry in renewed if entry.kind == kind), None) for kind in ("notebook", "oral")})
    warnings = [f"{_named(entry)} does not count: {entry.why}" for entry in entries if not entry.counts]
    return Standing(
        student=student, decision=decision, ordinary=opened, record=record, used=used, entries=tuple(entries), extensions=extensions,
        override=override, warnings=(*warnings, *_unasked(course, renewed, events)),
    )  # fmt: skip


def _entries(course: Course, attempts: Sequence[Attempt], events: Sequence[Event], extensions: Extensions) -> list[Entry]:
    """What the student did, in order of time, each in its period; orals beyond the allowed number do not count."""
    found = [Entry(kind="notebook", item=attempt.module, at=attempt.handed_in, attempt=attempt) for attempt in attempts]
    for event in events:
        if event.kind in ("oral", *DONE):
            found.append(Entry(kind=event.kind, item=event.item or event.kind, value=event.value, at=event.at, number=event.number))
    graded = {module.id for module in course.modules if module.graded}
    found = [entry for entry in found if entry.kind != "notebook" or entry.item in graded]
    found.sort(key=lambda entry: (entry.at.timestamp() if entry.at else 0.0, entry.number))
    return _retakes(course, [_placed(course, entry, extensions) for entry in found])


def _placed(course: Course, entry: Entry, extensions: Extensions) -> Entry:
    end = deadline(course, entry.item, extensions)
    if entry.at is None or entry.at <= end:
        return entry
    if in_window(course, entry.at):
        return entry.model_copy(update={"period": "renewed"})
    why = f"late, due {end.astimezone(course.zone):%d %b %Y %H:%M}"
    return entry.model_copy(update={"period": "late", "counts": False, "why": why})


def _retakes(course: Course, entries: list[Entry]) -> list[Entry]:
    """In the ordinary course each oral exam is taken once, and so many of them once more as the rules allow."""
    taken: set[str] = set()
    left, kept = course.grades.oral_retakes, []
    for entry in entries:
        if entry.kind == "oral" and entry.period == "ordinary":
            if entry.item in taken and left == 0:
                entry = entry.model_copy(update={"counts": False, "why": "the opportunity to take an oral exam again is used up"})
            elif entry.item in taken:
                left -= 1
            taken.add(entry.item)
        kept.append(entry)
    return kept


def _renewed(entries: list[Entry], letter: Letter) -> list[Entry]:
    """A renewed examination is for Fx and E to B: one notebook, one oral exam (the first that is used), video, seminar, quiz."""
    used: dict[str, str] = {}
    orals, kept = 0, []
    for entry in entries:
        why = ""
        if entry.period == "renewed" and letter not in RENEWABLE:
            why = f"handed in or taken after the course, and with {letter.value} nothing can be renewed"
        elif entry.period == "renewed" and entry.kind == "notebook" and used.setdefault("notebook", entry.item) != entry.item:
            why = f"one notebook may be renewed, and {used['notebook']} was"
        elif entry.period == "renewed" and entry.kind == "oral":
            orals += 1
            why = "one oral exam may be renewed, and that was used before" if orals > 1 else ""
        kept.append(entry.model_copy(update={"counts": False, "why": why}) if why else entry)
    return kept


def _record(course: Course, entries: Sequence[Entry]) -> Record:
    """The best performances among the entries that count."""
    handed = [entry for entry in entries if entry.attempt]
    notebooks = {}
    for module in course.modules:
        if module.graded:
            mine = [entry for entry in handed if entry.item == module.id]
            good, rest = ([entry.attempt for entry in mine if entry.counts is counts and entry.attempt] for counts in (True, False))
            notebooks[module.id] = notebook_of(module, good, rest, course.grades)
    orals = {oral.id: Level.F for oral in course.orals}
    for entry in entries:
        if entry.kind == "oral" and entry.counts and entry.item in orals:
            orals[entry.item] = max(orals[entry.item], Level[entry.value])
    done = {kind: any(entry.kind == kind and entry.counts and entry.value == value for entry in entries) for kind, value in DONE.items()}
    return Record(notebooks=notebooks, orals=orals, **done)


def _decided(computed: Decision, override: Event | None, entries: Sequence[Entry], course: Course) -> Decision:
    """The examiner's word, where there is one; what is renewed after it (after Fx: at all) may lift it."""
    if override is None:
        return computed
    letter = Letter(override.value)
    renewed = [entry for entry in entries if entry.period == "renewed" and entry.counts and entry.at]
    after = [entry for entry in renewed if letter is Letter.FX or (entry.at and entry.at > override.at)]
    said = f"{letter.value} by decision of {override.who}, {override.at.astimezone(course.zone):%d %b %Y}: {override.reason}"
    if after and computed.letter.rank > letter.rank:
        return replace(computed, reasons=(said, "the renewed examination lifts it:", *computed.reasons))
    by_rules = f"by the criteria alone: {computed.letter.value}"
    missing = {name: words for name, words in computed.missing.items() if name.rank > letter.rank}
    return Decision(letter=letter, reasons=(said, by_rules, *computed.reasons), missing=missing)


def _unasked(course: Course, renewed: Sequence[Entry], events: Sequence[Event]) -> list[str]:
    """A renewed examination is asked for in good time; without it the examiners may deny it."""
    if not renewed or course.grades.reexam is None:
        return []
    by = course.when(course.grades.reexam.request_by)
    if any(event.kind == "request" and event.at <= by for event in events):
        return []
    return [f"no request for renewed examination on record by {by:%d %b %Y}; the examiners may deny it"]


def _named(entry: Entry) -> str:
    what = entry.item if entry.kind == "notebook" else f"{entry.item} {entry.value}"
    return f"{what} of {entry.at:%d %b %Y}" if entry.at else what


def standing_of(course: Course, root: Path, student: str) -> Standing:
    """One student's standing. Raises CourseError for somebody whom the course does not know."""
    found = standings(course, root, student)
    if not found:
        raise CourseError(f"no student {student!r} in the gradebook, in submitted/ or in the log; `course grades` lists them")
    return found[0]
