"""`course collect`: hand-ins are kept for ever, one of each student is put where it is graded, and everybody gets a receipt.

Everything is read and checked first, into a folder aside. Collecting the same again changes nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from staff.arrivals import Arrival, Arrived, Refused, look, taken
from staff.config import STUDENT_ID, Course, CourseError, Module
from staff.database import reading
from staff.deadlines import deadline, in_window
from staff.events import Event, add, in_force, read_events, students, withdrawn
from staff.folder import pick
from staff.grading import Progress
from staff.intake import handed_in_at
from staff.kept import FOLDER, Kept, alone, keep, put, read_kept, stage
from staff.late_days import KIND, Ruling, claimed, event_of, extended, ruling
from staff.master import Master, load_master
from staff.notebook import write_text
from staff.receipt import refusal_path, write_receipt
from staff.roster import FILE, Roster, read_roster
from staff.times import Times

Rulings = dict[str, Ruling]  # name of a hand-in -> what became of it


@dataclass
class Collected:
    """What came of one student's hand-ins of a module."""

    student: str
    attempts: list[Kept]
    rulings: Rulings
    new: int = 0
    unreadable: bool = False  # there is no notebook in what is to be graded
    chosen: Kept | None = None
    replaced: bool = False

    @property
    def ruling(self) -> Ruling | None:
        return self.rulings[self.chosen.name] if self.chosen else None


@dataclass
class Collection:
    module: Module
    students: list[Collected] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    doubts: list[Refused] = field(default_factory=list)


def collect(
    course: Course, root: Path, module: str, source: str, *, roster: Path | None = None, times: Times | None = None,
    progress: Progress = lambda done, total, what: None,
) -> Collection:  # fmt: skip
    """Collect a module's hand-ins from a zip, a folder or the `exchange`. Raises CourseError before anything is written."""
    chosen = course.module(module)
    if not chosen.graded:
        raise CourseError(f"{chosen.id}: nothing is handed in for this module (graded: false in course.yml)")
    master = load_master(course, root, chosen.id)
    with reading(course, root) as connection:
        known, log = students(connection, root), read_events(connection)
    arrived = _arrived(course, root, chosen, source, _roster(root, roster), known)
    if not arrived.arrivals and not arrived.refused:
        raise CourseError(f"{source}: no hand-in of {chosen.id} in it; is it the right file, and the right module?")
    events = in_force(log)
    _time(course, chosen, arrived.arrivals, events, times or Times())
    arrived.doubts += _untimed(arrived, times or Times())
    with alone(root), tempfile.TemporaryDirectory(prefix=".collecting-", dir=root / FOLDER) as name:
        new: dict[str, int] = {}
        for kept, place in _staged(course, root, chosen, arrived, Path(name), progress):
            new[kept.student] = new.get(kept.student, 0) + keep(root, kept, place)
        for refused in arrived.refused:
            if refused.student and STUDENT_ID.match(refused.student):
                _tell(root, chosen, refused)
        found = [Collected(student, read_kept(root, student, chosen.id), {}, count) for student, count in sorted(new.items())]
        finish(course, root, master, found)
    return Collection(chosen, found, arrived.refused, arrived.doubts)


def _roster(root: Path, path: Path | None) -> Roster | None:
    if path is not None:
        return read_roster(path)
    return read_roster(root / FILE) if (root / FILE).is_file() else None


def _arrived(course: Course, root: Path, module: Module, source: str, roster: Roster | None, known: set[str]) -> Arrived:
    if source == "exchange":
        from staff.exchange import from_exchange

        return from_exchange(course, root, module)
    return look(course, module, Path(source), roster, known)


def _time(course: Course, module: Module, arrivals: Sequence[Arrival], events: Sequence[Event], times: Times) -> None:
    """When each was handed in: the newest as a person says; else as the source tells. What Canvas does not call late was in time."""
    newest = {arrival.student: arrival for arrival in sorted(arrivals, key=lambda one: (one.when, one.order))}
    for arrival in arrivals:
        said = times.of(arrival.student)
        if said is not None and arrival is newest[arrival.student]:
            arrival.when, arrival.exact = said, True
        elif arrival.late is not None:
            when = times.downloaded or arrival.when
            end = deadline(course, module.id, extended(event for event in events if event.student == arrival.student))
            when = when if arrival.late else min(when, end)
            arrival.when = min(when, said) if said else when


def _untimed(arrived: Arrived, times: Times) -> list[Refused]:
    """Rows of `--times` about students of whom nothing arrived: perhaps a slip."""
    strangers = sorted(times.by_student.keys() - {arrival.student for arrival in arrived.arrivals})
    return [Refused(str(times.path), f"a time for {student}, but no hand-in; is the name right?", student) for student in strangers]


def _staged(course: Course, root: Path, module: Module, arrived: Arrived, aside: Path, progress: Progress) -> list[tuple[Kept, Path]]:
    """Copies of all that arrived, and before them of what a person put into submitted/ by hand."""
    arrivals = [*_by_hand(course, root, module, arrived), *sorted(arrived.arrivals, key=lambda one: (one.student, one.when, one.order))]
    staged = []
    for number, arrival in enumerate(arrivals):
        place = aside / str(number)
        staged.append((stage(arrival, module.id, place), place))
        progress(number + 1, len(arrivals), arrival.student)
    return staged


def _by_hand(course: Course, root: Path, module: Module, arrived: Arrived) -> list[Arrival]:
    """What lies in submitted/ of the students who handed in now: it is kept, too, before another hand-in takes its place."""
    found = []
    for student in sorted({arrival.student for arrival in arrived.arrivals}):
        folder = root / "submitted" / student / module.id
        if folder.is_symlink() or folder.parent.is_symlink():
            raise CourseError(f"{folder}: a link, not a folder; links are not followed, remove it")
        if not folder.is_dir() or not any(folder.iterdir()):
            continue
        arrival, refused = taken(course, module, student, folder)
        if refused:
            raise CourseError(f"{folder}: holds {refused[0].file}, which can't be kept ({refused[0].why}); move it away")
        if arrival:
            when, _ = handed_in_at(folder, None, course.zone)
            arrival.when = when or arrival.when
            found.append(arrival)
    return found


def _tell(root: Path, module: Module, refused: Refused) -> None:
    """The student reads why a file was not taken; the same refusal stands there once."""
    path = refusal_path(root, refused.student, module.id)
    line = f"{refused.file}: {refused.why}\n"
    before = path.read_text(encoding="utf-8") if path.is_file() else "These files were not taken. Please hand in again.\n\n"
    if line not in before:
        write_text(path, before + line)


def finish(course: Course, root: Path, master: Master, found: list[Collected]) -> None:
    """Rule on every hand-in, write late days into the log, put the one to be graded into its place, write receipts."""
    claims = {kept.name: _claim(root, kept) for one in found for kept in one.attempts} if course.policies.late.late_days else {}
    with reading(course, root) as connection:
        taken_back = _taken_back(read_events(connection))

    def ruled(_: set[str], log: list[Event]) -> list[Event]:
        added: list[Event] = []
        for one in found:
            mine = [event for event in log if event.student == one.student]
            for kept in one.attempts:
                rule = ruling(course, master.module, kept.handed_in, claims.get(kept.name, 0), mine)
                event = event_of(one.student, master.module, rule.days, kept.handed_in)
                if rule.granted and any(event.same(old) for old in taken_back):
                    rule = Ruling(until=deadline(course, master.module.id, extended(mine)), note="the late days were taken back by the team")
                elif rule.granted:
                    added.append(event)
                one.rulings[kept.name] = rule
        return added

    if claims:
        add(course, root, ruled)
    else:
        with reading(course, root) as connection:
            ruled(set(), in_force(read_events(connection)))
    for one in found:
        one.chosen = choose(course, one)
        one.replaced = put(root, one.chosen)
        for kept in one.attempts:
            readable = write_receipt(course, root, master, kept, one.rulings[kept.name])
            one.unreadable = one.unreadable or (kept is one.chosen and not readable)


def _claim(root: Path, kept: Kept) -> int:
    return claimed(pick(kept.folder(root), kept.module).read.cells or [])


def _taken_back(log: Sequence[Event]) -> list[Event]:
    numbers = withdrawn(log)
    return [event for event in log if event.kind == KIND and str(event.number) in numbers]


def choose(course: Course, one: Collected) -> Kept:
    """The newest that counts (in time, or in the period of renewed examination); where none does, the newest."""
    counting = [kept for kept in one.attempts if kept.handed_in <= one.rulings[kept.name].until or in_window(course, kept.handed_in)]
    return (counting or one.attempts)[-1]


def take(course: Course, root: Path, module: str, student: str, number: int) -> Kept:
    """Put a chosen hand-in (counted from 1, the oldest) into submitted/. Raises CourseError where there is none of that number."""
    attempts = read_kept(root, student, course.module(module).id)
    if not 1 <= number <= len(attempts):
        raise CourseError(f"{student}: no hand-in {number} of {course.module(module).id}; there are {len(attempts)}, see `course attempts {module}`")
    put(root, attempts[number - 1])
    return attempts[number - 1]
