"""Points in time: those of course.yml count from the course's first week, those that a person types are in the course's time zone."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NOON, DAY_END = time(12, 0), time(23, 59)


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Moment(Strict):
    """A point in the course: week 1 begins on the course's start date."""

    week: Annotated[int, Field(ge=1, le=20)]
    day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "08:00"

    def on(self, start: date, zone: ZoneInfo) -> datetime:
        hour, minute = self.time.split(":")
        return datetime.combine(start + timedelta(weeks=self.week - 1, days=DAYS.index(self.day)), time(int(hour), int(minute)), zone)

    @property
    def order(self) -> tuple[int, int, str]:
        """Sorts moments without knowing the start date."""
        return self.week, DAYS.index(self.day), self.time


def now() -> datetime:
    """The time, to the second. COURSE_NOW (an ISO time with its zone) replaces it, for rehearsals of a whole course."""
    pretended = os.environ.get("COURSE_NOW")
    if not pretended:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromisoformat(pretended).astimezone(UTC)
    except ValueError:
        from staff.config import CourseError  # which itself needs this module

        raise CourseError(f"COURSE_NOW = {pretended!r}: no time; write 2026-10-01T12:00+02:00, or unset it") from None


def typed_time(text: str, zone: ZoneInfo, whole_day: time = NOON) -> datetime:
    """`2026-09-17`, `2026-09-17 14:00` or a full ISO time; without a zone it is the course's. A day alone means `whole_day`.

    Raises ValueError for anything else.
    """
    text = text.strip()
    when = datetime.combine(date.fromisoformat(text), whole_day) if len(text) == 10 else datetime.fromisoformat(text)
    return when if when.tzinfo else when.replace(tzinfo=zone)
