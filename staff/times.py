"""When things were handed in, where the source does not tell: a file with times, or the time of the download."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from staff.config import STUDENT_ID, Course, CourseError
from staff.moments import now, typed_time
from staff.table_file import read_table

COLUMNS = ("student", "handed_in")


@dataclass
class Times:
    """Student -> when the newest hand-in came; `downloaded` is when the LMS gave its file."""

    by_student: dict[str, datetime] = field(default_factory=dict)
    downloaded: datetime | None = None
    path: Path | None = None

    def of(self, student: str) -> datetime | None:
        return self.by_student.get(student)


def read_times(course: Course, path: Path | None, downloaded: str = "") -> Times:
    """Read `--times` and `--downloaded`. Raises CourseError with every wrong row."""
    times = Times(downloaded=_typed(course, downloaded, "--downloaded") if downloaded else None, path=path)
    problems = []
    for line, row in read_table(path, COLUMNS, COLUMNS) if path else []:
        student = row["student"]
        try:
            if not STUDENT_ID.match(student):
                raise CourseError(f"column student {student!r}: can't be a student's id (letters, digits and . _ @ - only)")
            if student in times.by_student:
                raise CourseError(f"column student {student!r}: stands twice; give the time of the newest hand-in")
            times.by_student[student] = _typed(course, row.get("handed_in", ""), "column handed_in")
        except CourseError as error:
            problems.append(f"{path}: row {line}, {error}")
    if problems:
        raise CourseError("\n".join([*problems, "nothing was collected; correct the rows and run it again"]))
    return times


def _typed(course: Course, text: str, where: str) -> datetime:
    try:
        when = typed_time(text.replace("Z", "+00:00"), course.zone)
    except ValueError:
        raise CourseError(f"{where} {text!r}: no time; write '2026-09-16 21:58' or an ISO time with its zone") from None
    if len(text) == 10:
        raise CourseError(f"{where} {text!r}: a day without the time of day; write '2026-09-16 21:58'")
    if when > now():
        raise CourseError(f"{where} {text!r}: lies in the future; correct the date")
    if when < course.start:
        raise CourseError(f"{where} {text!r}: lies before the course begins ({course.start:%Y-%m-%d}); correct the date")
    return when
