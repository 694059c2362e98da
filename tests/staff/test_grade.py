"""The grade: the memo's vectors, an oracle on many random students, and that doing better never hurts."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from staff.grade import Letter, Level, Notebook, grade
from staff.grade_rules import GradeRules
from tests.staff.grade_oracle import letter
from tests.staff.records import better, random_plain, record

MANY = 100_000


@pytest.mark.parametrize(
    ("student", "expected"),
    [
        ({}, "A"),
        ({"problems": 4}, "A"),
        ({"problems": 2}, "B"),
        ({"problems": 1}, "B"),
        ({"problems": 0}, "C"),
        ({"video": False}, "C"),
        ({"seminar": False}, "C"),
        ({"orals": "DC"}, "D"),
        ({"orals": "CD"}, "D"),
        ({"orals": "EC"}, "E"),
        ({"d": False}, "E"),
        ({"d": False, "problems": 3, "orals": "CC"}, "E"),
        ({"notebooks": 6, "orals": "CE", "quiz": False}, "Fx"),
        ({"notebooks": 6, "orals": "CF", "quiz": False}, "Fx"),
        ({"notebooks": 6}, "Fx"),
        ({"quiz": False}, "Fx"),
        ({"orals": "FC"}, "Fx"),
        ({"notebooks": 5}, "F"),
        ({"orals": "FF"}, "F"),
    ],
)
def test_the_memos_vectors(student: dict, expected: str) -> None:
    assert grade(record(**student)).letter == expected


def test_an_oracle_of_its_own_agrees_on_many_random_students() -> None:
    rng, seen = random.Random(8), Counter()
    rules = GradeRules()
    for _ in range(MANY):
        student = random_plain(rng)
        expected = letter(student)
        assert grade(student.record(), rules).letter == expected, student
        seen[expected] += 1
    assert min(seen[name.value] for name in Letter) > MANY // 200, seen


@pytest.mark.parametrize(
    ("rules", "switches"),
    [
        ({"problems_may_share_a_notebook": False}, {"share": False}),
        ({"d_tasks_that_may_be_missing": 2}, {"d_spare": 2}),
        ({"fx_notebook": "on time and disclosed"}, {"fx_strict": True}),
        ({"fx_shortfalls": "one in all"}, {"fx_one_in_all": True}),
    ],
)
def test_each_switch_is_what_the_oracle_takes_it_for(rules: dict, switches: dict) -> None:
    rng, chosen, differs = random.Random(9), GradeRules(**rules), 0
    for _ in range(MANY // 20):
        student = random_plain(rng)
        assert grade(student.record(), chosen).letter == letter(student, **switches), student
        differs += letter(student) != letter(student, **switches)
    assert differs > 10, "the switch changes nothing on these students"


@pytest.mark.parametrize(
    "rules", [{}, {"problems_may_share_a_notebook": False, "fx_notebook": "on time and disclosed", "fx_shortfalls": "one in all"}]
)
def test_a_better_record_never_gets_a_worse_letter(rules: dict) -> None:
    rng, chosen, rose = random.Random(10), GradeRules(**rules), 0
    for _ in range(MANY // 20):
        student = random_plain(rng)
        other = better(student, rng)
        before, after = grade(student.record(), chosen).letter, grade(other.record(), chosen).letter
        assert after.rank >= before.rank, (student, other)
        rose += after.rank > before.rank
    assert rose > 10


def test_reasons_say_in_words_why_not_the_next_letter() -> None:
    assert grade(record(problems=2)).reasons[-1] == "B, not A: 2 of 3 A+B problems solved"
    assert grade(record(video=False)).reasons[-1] == "C, not B: no presentation video"
    assert "oral2 at level D: key theory" in grade(record(orals="CD")).reasons[-1]
    fx = grade(record(notebooks=6, quiz=False))
    assert fx.reasons == ("Fx, not E: m7: E2 not solved; the quiz is not passed",)
    assert grade(record(notebooks=5)).reasons == ("F, not Fx: 2 notebooks (m6 and m7) lack what E asks for, Fx allows one",)
    assert "3 A+B problems" in grade(record()).reasons[-1] and grade(record()).missing == {}


def test_what_is_missing_is_listed_for_each_better_letter() -> None:
    missing = grade(record(d=False, problems=0, orals="DD", video=False)).missing
    assert list(missing) == ["D", "C", "B", "A"]
    assert len(missing[Letter.D]) == 7 and all("D1 not solved" in words for words in missing[Letter.D])
    assert set(missing[Letter.D]) < set(missing[Letter.C]) < set(missing[Letter.B]) < set(missing[Letter.A])
    assert "no presentation video" in missing[Letter.B] and "0 of 3 A+B problems solved" in missing[Letter.A]


@pytest.mark.parametrize(
    ("notebook", "said"),
    [
        (Notebook(), "m2: not handed in"),
        (Notebook(state="late"), "m2: handed in late"),
        (Notebook(state="undisclosed"), "m2: pledge and AI disclosure untouched"),
        (Notebook(state="counts", missing_e=("E1", "E3")), "m2: E1 and E3 not solved"),
        (Notebook(state="counts", missing_e=("E1", "E3"), waiting=("E3",)), "m2: E1 not solved, E3 waiting to be read"),
    ],
)
def test_a_notebook_that_does_not_count_says_why(notebook: Notebook, said: str) -> None:
    good = record()
    short = replace(good, notebooks={**good.notebooks, "m2": notebook})
    assert grade(short).letter == "Fx"
    assert said in grade(short).reasons[-1]


def test_problems_in_a_notebook_that_does_not_count_are_not_counted() -> None:
    good = record()
    late = replace(good.notebooks["m1"], state="late")
    assert "2 of 3 A+B" in grade(replace(good, notebooks={**good.notebooks, "m1": late})).missing[Letter.A][-1]


def test_a_course_with_fewer_modules_and_one_oral_is_graded_by_the_same_rules() -> None:
    small = replace(record(), notebooks={"m1": Notebook(state="counts")}, orals={"oral1": Level.E})
    assert grade(small).letter == "E"
