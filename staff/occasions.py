"""The parts of course.yml that are only about the calendar: how long sessions are, days without teaching, and what happens once."""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from staff.moments import Moment, Strict


class Session(Strict):
    """How long something takes, and where it is."""

    minutes: Annotated[int, Field(ge=5, le=720)]
    place: str = ""


class Sessions(Strict):
    """What is true of every session of a kind."""

    lecture: Session = Session(minutes=105)
    help: Session = Session(minutes=60)
    oral: Session = Session(minutes=480)
    retake: Session = Session(minutes=480)
    seminar: Session = Session(minutes=120)
    other: Session = Session(minutes=60)


class Holiday(Strict):
    """Days without teaching. They have real dates, since they do not move with the start of the course."""

    date: Date
    until: Date | None = None  # the last day, where there are several
    title: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Holiday:
        if self.until and self.until < self.date:
            raise ValueError(f"until = {self.until} lies before date = {self.date}")
        return self

    @property
    def last(self) -> Date:
        return self.until or self.date

    def days(self) -> list[Date]:
        return [self.date + timedelta(days=n) for n in range((self.last - self.date).days + 1)]


class Occasion(Strict):
    """What happens once and belongs to no module: the re-take of an oral exam, a seminar, a guest."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    kind: Literal["retake", "seminar", "other"]
    title: Annotated[str, Field(min_length=1)]
    at: Moment
    minutes: Annotated[int, Field(ge=5, le=720)] | None = None  # without it, and without a place: those of its kind
    place: str = ""
