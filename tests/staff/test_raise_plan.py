"""Plans to raise a grade: the smallest moves that the memo allows, or why there are none."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from staff.grade import RENEWABLE, STEPS, Letter, Level, Notebook, grade
from staff.grade_rules import GradeRules
from staff.raise_plan import Used, raise_plan
from tests.staff.records import random_plain, record


def moves(target: str, used: Used | None = None, **short: object) -> tuple[str, ...]:
    return raise_plan(record(**short), Letter(target), used=used).moves  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("short", "target", "expected"),
    [
        ({"orals": "DC"}, "A", ("take oral1 again and reach level C",)),
        ({"orals": "CE"}, "D", ("take oral2 again and reach level D",)),
        ({"video": False, "seminar": False}, "B", ("hand in a presentation video and attend a seminar",)),
        ({"seminar": False}, "A", ("attend a seminar",)),
        ({"notebooks": 6}, "E", ("hand in an updated m7 with E2 solved",)),
        ({"notebooks": 6, "orals": "FC", "quiz": False}, "E",
         ("hand in an updated m7 with E2 solved", "take oral1 again and reach level E", "take the quiz again and pass it")),
    ],
)  # fmt: skip
def test_the_smallest_moves(short: dict, target: str, expected: tuple[str, ...]) -> None:
    assert moves(target, **short) == expected


def test_one_more_problem_may_come_from_any_notebook_that_has_one_open() -> None:
    (move,) = moves("A", problems=2)
    assert move == "hand in an updated m3 with the A+B problem AB1 (or, instead, an updated m4 or m5 or m6 or m7)"


def test_from_fx_to_a_in_one_go() -> None:
    steps = moves("A", notebooks=6, orals="CE", quiz=False, video=False)
    assert steps == (
        "hand in an updated m7 with E2 solved",
        "take oral2 again and reach level C",
        "take the quiz again and pass it",
        "hand in a presentation video",
    )


@pytest.mark.parametrize(
    ("short", "target", "said"),
    [
        ({}, "A", "A is the best grade"),
        ({"notebooks": 5}, "E", "F can't be raised"),
        ({"problems": 2}, "B", "B already"),
        ({"problems": 2}, "Fx", "no grade to aim for"),
        ({"problems": 1}, "A", "after the best of these still: 2 of 3 A+B problems solved"),
        ({"orals": "DD"}, "C", "after the best of these still: oral2 at level D"),
        ({"d": False}, "D", "m2: D1 not solved"),
    ],
)
def test_why_there_is_no_plan(short: dict, target: str, said: str) -> None:
    plan = raise_plan(record(**short), Letter(target))
    assert plan.moves == () and said in plan.refusal


def test_how_far_the_allowed_moves_lead_is_told() -> None:
    assert raise_plan(record(problems=0, video=False), Letter.A).best is Letter.B


def test_what_was_used_can_not_be_used_again() -> None:
    assert moves("C", used=Used(oral="oral1"), orals="CD") == ()
    assert "oral1 was taken again" in raise_plan(record(orals="CD"), Letter.C, used=Used(oral="oral1")).refusal
    assert moves("E", used=Used(notebook="m7"), notebooks=6) == ("hand in an updated m7 with E2 solved",)
    assert moves("E", used=Used(notebook="m2"), notebooks=6) == ()


def test_a_notebook_for_e_and_a_problem_must_be_the_same_notebook() -> None:
    short = record(problems=2)
    one = {**short.notebooks, "m7": replace(short.notebooks["m7"], missing_e=("E1",), open_problems=())}
    assert raise_plan(replace(short, notebooks=one), Letter.A).moves == ()
    other = {**one, "m7": replace(one["m7"], open_problems=("AB1",))}
    (move,) = raise_plan(replace(short, notebooks=other), Letter.A).moves
    assert move == "hand in an updated m7 with E1 solved and with the A+B problem AB1"


def test_a_late_notebook_is_handed_in_again_as_a_whole() -> None:
    short = record()
    late = {**short.notebooks, "m3": Notebook(state="late", missing_e=("E1", "E2"), missing_d=("D1",), open_problems=("AB1",))}
    (move,) = raise_plan(replace(short, notebooks=late), Letter.D).moves
    assert move == "hand in an updated m3 with E1, E2 and D1 solved"


def test_with_every_problem_in_another_notebook_two_in_one_do_not_help() -> None:
    short = record(problems=1)
    rich = replace(short, notebooks={**short.notebooks, "m5": replace(short.notebooks["m5"], open_problems=("AB1", "AB2"))})
    assert raise_plan(rich, Letter.A).moves
    assert raise_plan(rich, Letter.A, GradeRules(problems_may_share_a_notebook=False)).moves == ()


def test_a_plan_holds_what_it_promises_and_never_asks_for_more_than_the_memo_allows() -> None:
    rng, planned = random.Random(11), 0
    for _ in range(100):
        student = random_plain(rng).record()
        letter = grade(student).letter
        for target in STEPS:
            plan = raise_plan(student, target)
            if letter not in RENEWABLE or target.rank <= letter.rank:
                assert not plan.moves
                continue
            planned += bool(plan.moves)
            assert bool(plan.moves) != bool(plan.refusal)
            assert bool(plan.moves) == reachable(student, target), (student, target)
    assert planned > 25


def reachable(student: object, target: Letter) -> bool:
    """By hand: everything that the memo lets a student do again, tried without the plan's own code."""
    full = Notebook(state="counts", problems=("AB1", "AB2"))
    for name in student.notebooks:  # type: ignore[attr-defined]
        for oral in student.orals:  # type: ignore[attr-defined]
            lifted = replace(
                student, notebooks={**student.notebooks, name: full}, orals={**student.orals, oral: Level.C},  # type: ignore
                quiz=True, video=True, seminar=True,
            )  # fmt: skip
            if grade(lifted).letter.rank >= target.rank:
                return True
    return False
