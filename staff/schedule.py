"""Everything that has a date, in order of time: what `course schedule` shows and the calendar file holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from rich.table import Table

from staff.config import Course, Module
from staff.occasions import Session


class Kind(StrEnum):
    RELEASE = "release"
    LECTURE = "lecture"
    HELP = "help"
    DUE = "due"
    ORAL = "oral"
    QUIZ = "quiz"
    VIDEO = "video"
    RETAKE = "retake"
    SEMINAR = "seminar"
    OTHER = "other"
    REEXAM = "reexam"
    HOLIDAY = "holiday"


ONE = {Kind.HELP: "help session", Kind.DUE: "due date", Kind.ORAL: "oral exam", Kind.OTHER: "other event", Kind.REEXAM: "date of the re-exam"}
MANY = {Kind.QUIZ: "quizzes", Kind.REEXAM: "dates of the re-exam"}
STYLES = {Kind.DUE: "bold", Kind.ORAL: "bold", Kind.QUIZ: "bold", Kind.VIDEO: "bold", Kind.HOLIDAY: "dim", Kind.RELEASE: "dim"}


@dataclass(frozen=True)
class Entry:
    """One thing with a date. `item` names it for ever, within its kind; without an `end` it is a moment, such as a due date."""

    kind: Kind
    item: str
    title: str
    start: datetime
    end: datetime | None = None
    whole_days: bool = False
    place: str = ""
    key: str = ""  # where it stands in course.yml

    @property
    def last_moment(self) -> datetime:
        return self.end or self.start


def entries(course: Course) -> list[Entry]:
    """The whole schedule, by time."""
    found = [*_modules(course), *_lectures(course), *_exams(course), *_events(course), *_reexam(course), *_holidays(course)]
    return sorted(found, key=lambda entry: (entry.start, list(Kind).index(entry.kind), entry.item))


def _session(course: Course, start: datetime, session: Session) -> tuple[datetime, datetime]:
    return start, start + timedelta(minutes=session.minutes)


def assignment_number(course: Course, module: Module) -> int:
    """Assignments are numbered among the graded modules, from 1."""
    return [item.id for item in course.modules if item.graded].index(module.id) + 1


def _modules(course: Course) -> Iterator[Entry]:
    for module in course.modules:
        at = f"modules.{module.id}"
        what = f"Assignment {assignment_number(course, module)}" if module.graded else "Notebook"
        yield Entry(Kind.RELEASE, module.id, f"{what} is out: {module.title}", course.when(module.release), key=f"{at}.release")
        if module.help:
            start, end = _session(course, course.when(module.help), course.sessions.help)
            yield Entry(Kind.HELP, module.id, f"Help session: {module.title}", start, end, place=course.sessions.help.place, key=f"{at}.help")
        if module.due:
            yield Entry(Kind.DUE, module.id, f"{what} due: {module.title}", course.when(module.due), key=f"{at}.due")
        if module.quiz_due:
            yield Entry(Kind.QUIZ, module.id, f"Quiz due: {module.title}", course.when(module.quiz_due), key=f"{at}.quiz_due")


def _lectures(course: Course) -> Iterator[Entry]:
    for lecture in course.lectures:
        start, end = _session(course, course.when(lecture.at), course.sessions.lecture)
        number = int(lecture.id[3:5])
        title = f"Lecture {number}: {lecture.title}"
        yield Entry(Kind.LECTURE, lecture.id, title, start, end, place=course.sessions.lecture.place, key=f"lectures.{lecture.id}.at")


def _exams(course: Course) -> Iterator[Entry]:
    for oral in course.orals:
        start, end = _session(course, course.when(oral.at), course.sessions.oral)
        yield Entry(Kind.ORAL, oral.id, oral.title, start, end, place=course.sessions.oral.place, key=f"orals.{oral.id}.at")
    if course.grades.video_due:
        title = "Presentation video due (grades A and B)"
        yield Entry(Kind.VIDEO, "video", title, course.when(course.grades.video_due), key="grades.video_due")


def _events(course: Course) -> Iterator[Entry]:
    for event in course.events:
        usual: Session = getattr(course.sessions, event.kind)
        session = Session(minutes=event.minutes or usual.minutes, place=event.place or usual.place)
        start, end = _session(course, course.when(event.at), session)
        yield Entry(Kind(event.kind), event.id, event.title, start, end, place=session.place, key=f"events.{event.id}.at")


def _reexam(course: Course) -> Iterator[Entry]:
    reexam = course.grades.reexam
    if reexam:
        ask = "Last day to ask for a renewed examination (Fx, or a better grade)"
        yield Entry(Kind.REEXAM, "request", ask, course.when(reexam.request_by), key="grades.reexam.request_by")
        start, end = course.when(reexam.opens), course.when(reexam.closes)
        yield Entry(Kind.REEXAM, "period", "Renewed examination", _midnight(course, start.date()), _day_after(course, end.date()), True)


def _holidays(course: Course) -> Iterator[Entry]:
    for holiday in course.holidays:
        start, end = _midnight(course, holiday.date), _day_after(course, holiday.last)
        yield Entry(Kind.HOLIDAY, f"{holiday.date:%Y%m%d}", holiday.title, start, end, True, key=f"holidays.{holiday.date}")


def _midnight(course: Course, day: date) -> datetime:
    return datetime.combine(day, time(), course.zone)


def _day_after(course: Course, day: date) -> datetime:
    return _midnight(course, day + timedelta(days=1))


def week_of(course: Course, when: datetime) -> int:
    """The course's week that a time lies in: 1 is the first, 0 the one before it."""
    return (when.astimezone(course.zone).date() - course.start_date).days // 7 + 1


def week_name(course: Course, week: int) -> str:
    """`3`, `exam 1` or `after` (or `before`)."""
    exam = week - course.weeks.teaching
    if exam <= 0:
        return str(week) if week > 0 else "before"
    return f"exam {exam}" if exam <= course.weeks.exam else "after"


def schedule_table(course: Course, shown: list[Entry]) -> Table:
    """One row an entry; weeks are set apart."""
    table = Table("week", "day", "time", "kind", "what", title=f"{course.title}: schedule ({course.timezone})", title_justify="left")
    weeks = [week_name(course, week_of(course, entry.start)) for entry in shown]
    for number, entry in enumerate(shown):
        first = number == 0 or weeks[number - 1] != weeks[number]
        ends = number + 1 == len(shown) or weeks[number + 1] != weeks[number]
        week, day = weeks[number] if first else "", f"{entry.start:%a %d %b}"
        table.add_row(week, day, _time(entry), entry.kind.value, entry.title + _until(entry), style=STYLES.get(entry.kind), end_section=ends)
    return table


def _until(entry: Entry) -> str:
    last = entry.end - timedelta(days=1) if entry.whole_days and entry.end else entry.start
    return f" (until {last:%a %d %b})" if last.date() != entry.start.date() else ""


def _time(entry: Entry) -> str:
    if entry.whole_days:
        return ""
    return f"{entry.start:%H:%M}" + (f"–{entry.end:%H:%M}" if entry.end else "")


def counts(course: Course, shown: list[Entry]) -> str:
    """`16 lectures (3, 2, …), 7 help sessions, …`: to be compared with the memo."""
    parts = []
    for kind in Kind:
        number = sum(entry.kind is kind for entry in shown)
        if number:
            one = ONE.get(kind, kind.value)
            name = one if number == 1 else MANY.get(kind, f"{one}s")
            parts.append(f"{number} {name}" + (f" ({_per_module(course)})" if kind is Kind.LECTURE and number == len(course.lectures) else ""))
    return ", ".join(parts)


def _per_module(course: Course) -> str:
    return ", ".join(str(sum(lecture.module == module.id for lecture in course.lectures)) for module in course.modules)
