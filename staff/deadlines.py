"""When each thing is due, for everybody and for one student. Extensions and late days (staff/late_days.py) move one student's."""

from __future__ import annotations

from datetime import datetime

from staff.config import Course
from staff.moments import Moment

Extensions = dict[str, datetime]  # item -> until when


def course_end(course: Course) -> datetime:
    """The last moment of the ordinary course."""
    last = Moment(week=course.weeks.teaching + course.weeks.exam, day="sun", time="23:59")
    return course.when(course.grades.ends or last)


def window(course: Course) -> tuple[datetime, datetime] | None:
    """When a renewed examination opens and closes."""
    reexam = course.grades.reexam
    return (course.when(reexam.opens), course.when(reexam.closes)) if reexam else None


def deadline(course: Course, item: str, extensions: Extensions | None = None) -> datetime:
    """The end of the ordinary time of a module, an oral exam, `quiz`, `video` or `seminar`."""
    ordinary = _ordinary(course, item)
    return max(ordinary, (extensions or {}).get(item, ordinary))


def _ordinary(course: Course, item: str) -> datetime:
    if item == "video" and course.grades.video_due:
        return course.when(course.grades.video_due)
    if item == "quiz":
        dates = [course.when(module.quiz_due) for module in course.modules if module.quiz_due]
        return max(dates) if dates else course_end(course)
    module = next((module for module in course.modules if module.id == item), None)
    return (course.due(module) if module else None) or course_end(course)


def in_window(course: Course, when: datetime) -> bool:
    """Whether a time lies in the period of renewed examination."""
    period = window(course)
    return period is not None and period[0] <= when <= period[1]
