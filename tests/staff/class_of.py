"""Invented students for tests of grades: a course with two modules and two orals, hand-ins as they stand after grading, events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import yaml

from staff.attempts import Attempt, Scored
from staff.config import Course
from staff.events import Event

COURSE = """\
id: small1
title: A small course
version: "2020.1"
start_date: 2020-08-24
timezone: Europe/Stockholm
weeks: {teaching: 7, exam: 2}
outcomes: {theory: Explain}
policies:
  ai: {assignments: disclose, quiz: forbidden, orals: forbidden, video: cite, seminar: cite}
  late: {late_days: 0, max_per_assignment: 0}
limits: {cell_seconds: 60, smoke_minutes: 1, core_hours: 6}
grades:
  problems_for_a: 2
  reexam: {request_by: {week: 14, day: sun}, opens: {week: 12, day: mon}, closes: {week: 17, day: sun}}
orals:
  - {id: oral1, title: Oral exam 1, modules: [m1_tiny], at: {week: 4, day: thu}}
  - {id: oral2, title: Oral exam 2, modules: [m2_small], at: {week: 8, day: thu}}
modules:
  - id: m1_tiny
    title: Means
    cpu_minutes: 1
    release: {week: 1, day: mon}
    help: {week: 2, day: tue}
    due: {week: 2, day: fri, time: "23:59"}
    exam_topics: [Means]
    tasks: &tasks
      E0: {title: Honour pledge, points: {check-disclosure: 1}, minutes: 3, outcomes: [theory]}
      E1: {title: Doubling, points: {check: 1, hidden: 2, reflect: 4}, minutes: 10, outcomes: [theory]}
      E2: {title: More practice, kind: extra, points: {hidden: 2}, minutes: 10, outcomes: [theory]}
      D1: {title: Weighted mean, points: {check: 1, hidden: 3}, minutes: 20, outcomes: [theory]}
      AB1: {title: A problem, kind: extra, points: {code: 6, reflect: 4}, minutes: 200, outcomes: [theory]}
  - id: m2_small
    title: Sums
    cpu_minutes: 1
    release: {week: 2, day: mon}
    help: {week: 3, day: tue}
    due: {week: 3, day: fri, time: "23:59"}
    exam_topics: [Sums]
    tasks: *tasks
  - {id: m8_ethics, title: Ethics, cpu_minutes: 1, graded: false, release: {week: 7, day: mon}, quiz_due: {week: 8, day: tue}, exam_topics: []}
lectures: []
"""
FULL = {
    "E0-check-disclosure": 1,
    "E1-check": 1,
    "E1-hidden": 2,
    "E1-reflect": 4,
    "E2-hidden": 2,
    "D1-check": 1,
    "D1-hidden": 3,
    "AB1-code": 6,
    "AB1-reflect": 4,
}


def small_course(**grades: Any) -> Course:
    """The course, with other switches where they are given."""
    data = yaml.safe_load(COURSE)
    data["grades"].update(grades)
    return Course.model_validate(data)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def attempt(module: str = "m1_tiny", when: str | None = "2020-09-01 12:00", student: str = "alice", **scores: float | None) -> Attempt:
    """A hand-in with everything right but for `scores`: `D1_hidden=0`, `E1_reflect=None` (nobody has read it)."""
    given = {name.replace("_", "-"): score for name, score in scores.items()}
    cells = {f"{module[:2]}-{name}": Scored(score=given.get(name, most), most=most) for name, most in FULL.items()}
    return Attempt(student=student, module=module, handed_in=at(when) if when else None, cells=cells)


def event(kind: str, value: str = "", when: str = "2020-10-15 12:00", item: str = "", number: int = 1, **more: str) -> Event:
    return Event(kind=kind, student="alice", item=item, value=value, at=at(when), recorded=at(when), number=number, **more)


def good(**instead: list[Event]) -> list[Event]:
    """Every event of a student who does everything well; by name, other ones instead (or none)."""
    usual = {
        "oral1": [event("oral", "C", "2020-09-17 12:00", "oral1", 1)],
        "oral2": [event("oral", "C", "2020-10-15 12:00", "oral2", 2)],
        "quiz": [event("quiz", "passed", "2020-10-12 12:00", number=3)],
        "video": [event("video", "accepted", "2020-10-20 12:00", number=4)],
        "seminar": [event("seminar", "attended", "2020-10-21 12:00", number=5)],
    }
    return [one for events in {**usual, **instead}.values() for one in events]


def hand_ins(**instead: list[Attempt]) -> list[Attempt]:
    usual = {"m1": [attempt("m1_tiny")], "m2": [attempt("m2_small", "2020-09-09 12:00")]}
    return [one for attempts in {**usual, **instead}.values() for one in attempts]
