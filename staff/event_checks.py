"""Whether an event can be recorded: every column of it, whether it was typed as a command or stands in a file's row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel

from staff.config import STUDENT_ID, Course, CourseError
from staff.deadlines import course_end, deadline
from staff.events import Event
from staff.grade import Letter, Level
from staff.moments import DAY_END, now, typed_time
from staff.near import did_you_mean

VALUES = {
    "oral": [level.name for level in Level],
    "quiz": ["passed", "failed"],
    "video": ["accepted", "rejected"],
    "seminar": ["attended", "absent"],
    "extension": [],
    "override": [letter.value for letter in Letter],
    "request": [letter.value for letter in Letter if letter.rank >= Letter.E.rank],
    "withdraw": [],
}
PERFORMANCES = ("oral", "quiz", "video", "seminar")  # what students do; it can't have been before the course
SIGNED = ("extension", "override", "withdraw")  # a decision of a person, with a name and a reason
HALF_A_YEAR = timedelta(days=183)
LONGEST = {"who": 128, "reason": 2000}


class Draft(BaseModel):
    """An event as a person wrote it: all text."""

    event: str
    student: str = ""
    item: str = ""
    value: str = ""
    at: str = ""
    by: str = ""
    reason: str = ""


class Wrong(Exception):
    """A column of a draft that can't be: which, its value, what is wrong and what to do."""

    def __init__(self, column: str, value: str, message: str) -> None:
        super().__init__(f"{column} {value!r}: {message}")
        self.column = column


class Checker:
    """Checks drafts against the course, the students it knows and the log."""

    def __init__(self, course: Course, students: set[str], log: Sequence[Event], new_students: bool = False) -> None:
        self.course, self.students, self.log, self.new_students = course, students, log, new_students
        self.now = now()

    def event(self, draft: Draft) -> Event:
        """The event. Raises Wrong for the first column that can't be."""
        draft = Draft(**{name: " ".join(text.split()) for name, text in draft.model_dump().items()})
        if draft.event not in VALUES:
            raise Wrong("event", draft.event, f"no such event; there are {', '.join(VALUES)}")
        withdrawn = self._withdrawn(draft) if draft.event == "withdraw" else None
        student = withdrawn.student if withdrawn else self._student(draft.student)
        item = self._item(draft)
        value = self._until(draft, item) if draft.event == "extension" else self._value(draft)
        self._signed(draft)
        at = self._time("at", draft.at) if draft.at else self.now
        if at > self.now + timedelta(hours=1):
            raise Wrong("at", draft.at, f"lies in the future (now {self._shown(self.now)}); record it when it has taken place")
        start = self.course.start
        if at < start and draft.event in PERFORMANCES:
            raise Wrong("at", draft.at, f"lies before the course begins ({self._shown(start)}); correct the date")
        return Event(kind=draft.event, student=student, item=item, value=value, at=at, who=draft.by, reason=draft.reason, recorded=self.now)

    def _student(self, name: str) -> str:
        if not STUDENT_ID.match(name):
            raise Wrong("student", name, "can't be a student's id (letters, digits and . _ @ - only)")
        if name in self.students or self.new_students:
            return name
        remedy = did_you_mean(name, self.students, "add the student with --new, or import the list with `nbgrader db student import`")
        raise Wrong("student", name, f"not known to this course; {remedy}")

    def _withdrawn(self, draft: Draft) -> Event:
        found = next((event for event in self.log if str(event.number) == draft.item), None)
        if found is None:
            raise Wrong("item", draft.item, "no entry of that number is in force; `course record log` shows them")
        if draft.student and draft.student != found.student:
            raise Wrong("student", draft.student, f"entry {draft.item} is about {found.student}")
        return found

    def _item(self, draft: Draft) -> str:
        if draft.event == "withdraw":
            return draft.item
        if draft.event == "oral":
            return self._oral(draft.item)
        if draft.event == "extension":
            return self._extended(draft.item)
        if draft.item:
            raise Wrong("item", draft.item, f"{draft.event} has no item; leave it empty")
        return ""

    def _oral(self, name: str) -> str:
        try:
            return self.course.oral(name).id
        except CourseError:
            raise Wrong("item", name, f"no such oral exam; there are {', '.join(oral.id for oral in self.course.orals)}") from None

    def _extended(self, name: str) -> str:
        others = [*(oral.id for oral in self.course.orals), "quiz", "video", "seminar"]
        if name in others:
            return name
        try:
            module = self.course.module(name)
        except CourseError:
            module = None
        if module is None or not module.graded:
            modules = [module.id for module in self.course.modules if module.graded]
            raise Wrong("item", name, f"nothing that can be extended; there are {', '.join([*modules, *others])}")
        return module.id

    def _until(self, draft: Draft, item: str) -> str:
        """The end of an extension: it gives more time, and not years of it."""
        until, end, due = self._time("value", draft.value, until=True), course_end(self.course), deadline(self.course, item)
        if until < self.course.start:
            raise Wrong("value", draft.value, f"lies before the course begins ({self._shown(self.course.start)}); correct the date")
        if until <= due < end:
            raise Wrong("value", draft.value, f"gives no more time, {item} is due {self._shown(due)}; correct the date or the item")
        if until > end + HALF_A_YEAR:
            raise Wrong("value", draft.value, f"lies more than half a year after the course ends ({self._shown(end)}); correct the date")
        return until.isoformat()

    def _value(self, draft: Draft) -> str:
        allowed = VALUES[draft.event]
        found = next((value for value in allowed if value.lower() == draft.value.lower()), None)
        if found is None and (allowed or draft.value):
            raise Wrong("value", draft.value, f"must be one of {', '.join(allowed)}" if allowed else "must be empty")
        return found or ""

    def _signed(self, draft: Draft) -> None:
        for column in ("by", "reason") if draft.event in SIGNED else ():
            if not getattr(draft, column):
                raise Wrong(column, "", f"empty; {draft.event} is logged with a name and a reason")
        for column, most in (("by", LONGEST["who"]), ("reason", LONGEST["reason"])):
            if len(getattr(draft, column)) > most:
                raise Wrong(column, getattr(draft, column)[:40] + " …", f"longer than {most} letters; shorten it")

    def _time(self, column: str, text: str, until: bool = False) -> datetime:
        try:
            return typed_time(text, self.course.zone, DAY_END) if until else typed_time(text, self.course.zone)
        except ValueError:
            raise Wrong(column, text, "no time; write 2026-09-17 or 2026-09-17 14:00") from None

    def _shown(self, when: datetime) -> str:
        return f"{when.astimezone(self.course.zone):%Y-%m-%d %H:%M}"
