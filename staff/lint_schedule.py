"""What `course check` refuses of the dates in course.yml: what no calendar can hold, and what no student could do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from staff.config import Course, CourseError, Module
from staff.deadlines import course_end
from staff.problems import Problem
from staff.schedule import Entry, Kind, entries, week_of

FREE = (Kind.HOLIDAY, Kind.RELEASE)  # a release needs nobody on the day
ATTENDED = (Kind.LECTURE, Kind.HELP, Kind.ORAL, Kind.RETAKE, Kind.SEMINAR, Kind.OTHER)
WHOLE_CLASS = (Kind.LECTURE, Kind.HELP)  # of the others a student attends one slot


def check_schedule(course: Course) -> list[Problem]:
    """Everything that is impossible about the course's dates."""
    found = entries(course)
    messages = [
        *_outside(course, found), *_on_holidays(course, found), *_holidays_outside(course), *_at_once(found),
        *_lecture_counts(course), *_lecture_order(course), *_modules(course), *_orals(course), *_after_orals(course), *_video(course),
    ]  # fmt: skip
    return [Problem("course.yml", "", "schedule", message) for message in messages]


def require_possible(course: Course) -> None:
    """Raises CourseError with everything that `check_schedule` finds."""
    problems = check_schedule(course)
    if problems:
        raise CourseError("\n".join([*(str(problem) for problem in problems), "nothing was written; correct course.yml, `course check` tells"]))


def _shown(when: datetime) -> str:
    return f"{when:%a %d %b %Y %H:%M}"


def _outside(course: Course, found: Sequence[Entry]) -> Iterator[str]:
    """Teaching in the weeks of teaching, the rest before the course ends."""
    end = course_end(course)
    for entry in found:
        week = week_of(course, entry.start)
        if entry.kind in (Kind.REEXAM, Kind.HOLIDAY):
            continue
        if entry.kind is Kind.LECTURE and week > course.weeks.teaching:
            yield f"{entry.key}: week {week}, but there are {course.weeks.teaching} weeks of teaching; move the lecture"
        elif week > course.weeks.teaching + course.weeks.exam:
            yield f"{entry.key}: week {week} is after the last week, {course.weeks.teaching + course.weeks.exam}; move it"
        elif entry.last_moment > end:
            yield f"{entry.key}: {_shown(entry.last_moment)} is after the course ends, {_shown(end)}; move it"


def _on_holidays(course: Course, found: Sequence[Entry]) -> Iterator[str]:
    free = {day: holiday.title for holiday in course.holidays for day in holiday.days()}
    for entry in found:
        if entry.kind in FREE or entry.whole_days:
            continue
        day = entry.start.date()
        if day in free:
            yield f"{entry.key}: {_shown(entry.start)} is a holiday, {free[day]}; move it to another day"


def _holidays_outside(course: Course) -> Iterator[str]:
    """Holidays of another year are the sign of a start date that was moved."""
    weeks = course.weeks.teaching + course.weeks.exam
    last = (course.start + timedelta(weeks=weeks, days=-1)).date()
    if course.grades.reexam:
        last = max(last, course.when(course.grades.reexam.closes).date())
    seen: dict[object, str] = {}
    for holiday in course.holidays:
        if not course.start_date <= holiday.date <= holiday.last <= last:
            yield f"holidays.{holiday.date}: {holiday.title} lies outside the course, {course.start_date} to {last}; give this year's date"
        for day in holiday.days():
            if day in seen:
                yield f"holidays.{holiday.date}: {day} is already {seen[day]}; remove one of them"
            seen[day] = holiday.title


def _at_once(found: Sequence[Entry]) -> Iterator[str]:
    """Sessions for the whole class that overlap."""
    for one, two in pairwise(entry for entry in found if entry.kind in WHOLE_CLASS):
        if two.start < one.last_moment:
            yield f"{two.key}: begins {_shown(two.start)}, while {one.key} lasts until {one.last_moment:%H:%M}; move one of them"


def _lecture_counts(course: Course) -> Iterator[str]:
    wanted = course.lectures_per_module
    if wanted and len(wanted) != len(course.modules):
        yield f"lectures_per_module: {len(wanted)} numbers for {len(course.modules)} modules; give one for each"
        return
    for module, number in zip(course.modules, wanted, strict=False):
        have = [lecture.id for lecture in course.lectures if lecture.module == module.id]
        if len(have) != number:
            yield f"lectures: {module.id} has {len(have)} ({', '.join(have) or 'none'}), lectures_per_module says {number}; correct one of them"


def _lecture_order(course: Course) -> Iterator[str]:
    by_name = sorted(course.lectures, key=lambda lecture: lecture.id)
    for one, two in pairwise(by_name):
        if two.at.order < one.at.order:
            yield f"lectures.{two.id}.at: {_shown(course.when(two.at))} is before {one.id}, {_shown(course.when(one.at))}; numbers follow time"


def _modules(course: Course) -> Iterator[str]:
    for module in course.modules:
        due = module.due or module.quiz_due
        if due is None:
            continue
        if module.quiz_due and course.when(module.quiz_due) <= course.when(module.release):
            said = f"{_shown(course.when(module.quiz_due))} is not after the release, {_shown(course.when(module.release))}"
            yield f"modules.{module.id}.quiz_due: {said}; move one of them"
        if module.help and course.when(module.help) + timedelta(minutes=course.sessions.help.minutes) > course.when(due):
            yield f"modules.{module.id}.help: the session ends after the due date, {_shown(course.when(due))}; move it"
        yield from _late_lectures(course, module)


def _late_lectures(course: Course, module: Module) -> Iterator[str]:
    due = module.due or module.quiz_due
    for lecture in course.lectures:
        if due and lecture.module == module.id and course.when(lecture.at) >= course.when(due):
            yield f"lectures.{lecture.id}.at: {_shown(course.when(lecture.at))} is after {module.id} is due, {_shown(course.when(due))}; move it"


def _orals(course: Course) -> Iterator[str]:
    """An oral exam is about notebooks that are handed in."""
    for oral in course.orals:
        for module in (course.module(name) for name in oral.modules):
            if not module.graded:
                yield f"orals.{oral.id}.modules: {module.id} is not graded; take it out"
            elif module.due and course.when(oral.at) <= course.when(module.due):
                said = f"{_shown(course.when(oral.at))} is before {module.id} is due, {_shown(course.when(module.due))}"
                yield f"orals.{oral.id}.at: {said}; move one of them"


def _after_orals(course: Course) -> Iterator[str]:
    last = max((course.when(oral.at) for oral in course.orals), default=None)
    for event in course.events:
        if event.kind == "retake" and last and course.when(event.at) <= last:
            yield f"events.{event.id}.at: {_shown(course.when(event.at))} is not after the last oral exam, {_shown(last)}; move it"
    retakes = [event.id for event in course.events if event.kind == "retake"]
    if course.events and bool(retakes) != bool(course.grades.oral_retakes):
        there = f"there is {', '.join(retakes)}" if retakes else "there is none of kind retake"
        yield f"events: {there}, but grades.oral_retakes = {course.grades.oral_retakes}; correct one of them"


def _video(course: Course) -> Iterator[str]:
    """Seminars discuss the videos."""
    for event in course.events:
        video = course.grades.video_due
        if event.kind == "seminar" and video and course.when(event.at) <= course.when(video):
            said = f"{_shown(course.when(event.at))} is not after the video is due, {_shown(course.when(video))}"
            yield f"events.{event.id}.at: {said}; move one of them"
