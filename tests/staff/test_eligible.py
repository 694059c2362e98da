"""Eligibility for an oral exam: notebooks that count, extensions and late days that move it, a re-take."""

from __future__ import annotations

import pytest

from staff.config import Course, CourseError
from staff.eligible import Eligible, eligible
from staff.events import Event
from staff.standing import standing
from tests.staff.class_of import at, attempt, event, small_course


def of(attempts: list, events: list[Event], exam: str = "1", course: Course | None = None) -> Eligible:  # type: ignore[type-arg]
    course = course or small_course()
    return eligible(course, course.oral(exam), [standing(course, "alice", attempts, events)])[0]


def test_a_notebook_that_counts_is_asked_for() -> None:
    assert of([attempt()], []).state == "may take it"
    assert of([], []).missing == ("m1_tiny",) and of([], []).state == "notebooks missing"
    assert of([attempt(E0_check_disclosure=0)], []).state == "notebooks missing"
    assert of([attempt(when="2020-09-05 12:00")], []).state == "notebooks missing"
    assert of([attempt()], [], "oral2").missing == ("m2_small",)


def test_an_extension_of_a_notebook_moves_the_exam_of_that_student() -> None:
    beyond = event("extension", "2020-09-20T23:59:00+02:00", item="m1_tiny")  # the exam is on 17 September
    within = event("extension", "2020-09-10T23:59:00+02:00", item="m1_tiny")
    moved = of([], [beyond])
    assert (moved.state, moved.after) == ("later", at("2020-09-20 21:59")) and of([], [within]).state == "notebooks missing"
    assert of([attempt(when="2020-09-09 12:00")], [within]).state == "may take it"
    assert of([], [event("late days", "14", item="m1_tiny")]).after == at("2020-09-18 21:59")
    assert of([attempt()], [beyond], "2").after is None


def test_an_exam_is_taken_again_as_often_as_the_rules_say() -> None:
    first = event("oral", "E", "2020-09-17 12:00", "oral1", 1)
    second = event("oral", "D", "2020-10-16 12:00", "oral1", 2)
    assert of([attempt()], [first]).state == "taken" and of([attempt()], [first]).retake
    assert not of([attempt()], [first, second]).retake
    with pytest.raises(CourseError, match="oral1, oral2"):
        small_course().oral("3")
