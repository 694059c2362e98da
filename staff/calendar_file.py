"""The schedule as an iCalendar file that calendars can follow.

An event keeps its UID for ever. When something about it changes, its SEQUENCE grows by one and its DTSTAMP becomes the time of the change;
what is no longer in course.yml stays as CANCELLED, or it would stay in the calendars that know it. So the file that was given out before,
`released/schedule.ics`, is part of the input; from the same course.yml and the same earlier file the same bytes are made.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from staff.config import Course, CourseError
from staff.moments import now
from staff.notebook import write_text
from staff.schedule import Entry, Kind, entries

GIVEN = Path("released") / "schedule.ics"  # in git: what calendars know
FILE = Path("dist") / "schedule.ics"
REVISION = ("SEQUENCE", "DTSTAMP")
FREE = (Kind.RELEASE, Kind.DUE, Kind.QUIZ, Kind.VIDEO, Kind.REEXAM, Kind.HOLIDAY)  # nobody is busy by them


def write_calendar(course: Course, root: Path) -> tuple[Path, list[str]]:
    """Write dist/schedule.ics and released/schedule.ics. Returns the first, and what has changed since the last time, in words."""
    text, changes = calendar(course, root)
    for path in (root / GIVEN, root / FILE):
        write_text(path, text)
    return root / FILE, changes


def calendar(course: Course, root: Path) -> tuple[str, list[str]]:
    """The file's text, and what has changed."""
    events, changes = _revised(course, _events(course), _given(course, root))
    made = Calendar()
    made.add("prodid", f"-//{course.id}//schedule//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", course.title)
    made.add("x-wr-timezone", course.timezone)
    made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT12H")
    for event in sorted(events, key=lambda event: event.uid):
        made.add_component(event)
    made.add_missing_timezones(first_date=course.start_date, last_date=(course.start + timedelta(weeks=52)).date())
    return made.to_ical().decode(), changes


def _events(course: Course) -> list[Event]:
    return [_event(course, entry) for entry in entries(course)]


def _event(course: Course, entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.kind.value}-{entry.item}@{_offering(course)}")
    event.add("summary", f"{course.id.upper()} {entry.title}")
    event.add("dtstart", entry.start.date() if entry.whole_days else entry.start)
    if entry.end:
        event.add("dtend", entry.end.date() if entry.whole_days else entry.end)
    if entry.place:
        event.add("location", entry.place)
    event.add("categories", [entry.kind.value])
    event.add("transp", "TRANSPARENT" if entry.kind in FREE else "OPAQUE")
    event.add("status", "CONFIRMED")
    return event


def _offering(course: Course) -> str:
    """Next year's events are others."""
    return f"{course.id}-{course.start_date.year}"


def _given(course: Course, root: Path) -> dict[str, Event]:
    """UID -> event of the file that was given out before, without those of another year."""
    path = root / GIVEN
    if not path.is_file():
        return {}
    try:
        found = {event.uid: event for event in Calendar.from_ical(path.read_bytes()).events}
        broken = [uid for uid, event in found.items() if not (uid and event.DTSTART and event.DTSTAMP)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(f"{path}: not a calendar ({error}); restore it from git") from None
    if broken:
        raise CourseError(f"{path}: the event {broken[0]!r} is not as `course schedule` wrote it; restore the file from git")
    return {uid: event for uid, event in found.items() if uid.endswith(f"@{_offering(course)}")}


def _revised(course: Course, new: list[Event], given: dict[str, Event]) -> tuple[list[Event], list[str]]:
    """The events with their revisions, and those that were given out and are no more."""
    stamp, changes = now(), []
    for event in new:
        old = given.get(event.uid)
        if old is not None and _content(old) == _content(event):
            _mark(event, old.sequence, old.DTSTAMP or stamp)
            continue
        _mark(event, old.sequence + 1 if old is not None else 0, stamp)
        changes.append(f"{'changed' if old is not None else 'new'}: {_told(event)}")
    known = {event.uid for event in new}
    gone = [event for uid, event in given.items() if uid not in known]
    for event in gone:
        if str(event.get("STATUS")) != "CANCELLED":
            changes.append(f"cancelled: {_told(event)}")
            event["STATUS"] = "CANCELLED"
            _mark(event, event.sequence + 1, stamp)
    return [*new, *gone], changes


def _mark(event: Event, sequence: int, stamp: datetime) -> None:
    for name, value in zip(REVISION, (sequence, stamp), strict=True):
        event.pop(name, None)
        event.add(name.lower(), value)


def _content(event: Event) -> str:
    """All that a person sees of an event."""
    copy = Event.from_ical(event.to_ical())
    for name in REVISION:
        copy.pop(name, None)
    return str(copy.to_ical().decode())


def _told(event: Event) -> str:
    start = event.DTSTART
    time = f" {start:%H:%M}" if isinstance(start, datetime) else ""
    return f"{start:%a %d %b}{time} {event.get('SUMMARY')}"
