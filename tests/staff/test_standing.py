"""From hand-ins and events to the record: which attempt is best, what is late, what may be renewed, what an examiner decides."""

from __future__ import annotations

import pytest

from staff.attempts import Attempt
from staff.config import Course
from staff.events import Event, in_force
from staff.grade import Letter
from staff.outlook import outlook
from staff.standing import Standing, standing
from tests.staff.class_of import at, attempt, event, good, hand_ins, small_course

COURSE = small_course()
LATE, WINDOW, WINDOW_2 = "2020-09-07 12:00", "2020-11-20 12:00", "2020-11-25 12:00"
NOT_SHOWN = "not passed: comprehension of the mandatory tasks is still to be shown"
NEVER_TAKEN = (f"oral1 {NOT_SHOWN}", f"oral2 {NOT_SHOWN}", "the quiz is not passed")
REQUEST = event("request", "A", "2020-11-15 12:00", number=90)


def of(attempts: list[Attempt], events: list[Event], course: Course = COURSE) -> Standing:
    return standing(course, "alice", attempts, events)


def letter(attempts: list[Attempt], events: list[Event], course: Course = COURSE) -> str:
    return of(attempts, events, course).decision.letter.value


def test_who_does_everything_well_gets_an_a_without_a_warning() -> None:
    found = of(hand_ins(), good())
    assert found.decision.letter is Letter.A and found.warnings == () and found.ordinary is Letter.A


@pytest.mark.parametrize(
    ("first", "expected", "said"),
    [
        ({}, "A", ""),
        ({"D1_hidden": 2}, "E", "m1_tiny: D1 not solved"),
        ({"E1_hidden": 0}, "Fx", "m1_tiny: E1 not solved"),
        ({"E2_hidden": 0}, "A", ""),  # extra tasks count for nothing
        ({"E1_reflect": 2}, "A", ""),  # half of the points of what a person reads
        ({"E1_reflect": 1.9}, "Fx", "m1_tiny: E1 not solved"),
        ({"E1_reflect": None}, "Fx", "m1_tiny: E1 waiting to be read"),
        ({"E0_check-disclosure": 0}, "Fx", "m1_tiny: pledge and AI disclosure untouched"),
        ({"AB1_code": 3, "AB1_reflect": 3}, "A", ""),  # six of ten
        ({"AB1_code": 3, "AB1_reflect": 2}, "B", "1 of 2 A+B problems"),
    ],
)
def test_what_the_cells_of_a_hand_in_amount_to(first: dict, expected: str, said: str) -> None:
    found = of(hand_ins(m1=[attempt(**first)]), good())
    assert found.decision.letter == expected
    assert said in found.decision.reasons[-1]


def test_the_best_of_each_task_over_all_attempts_in_time() -> None:
    worse_later = [attempt(when="2020-09-01 12:00", D1_hidden=0), attempt(when="2020-09-02 12:00", E1_hidden=0)]
    assert letter(hand_ins(m1=worse_later), good()) == "A"
    undisclosed = attempt(**{"E0_check-disclosure": 0})
    assert letter(hand_ins(m1=[undisclosed, attempt(E1_hidden=0)]), good()) == "Fx", "what is not disclosed does not count in parts either"


def test_a_late_hand_in_is_kept_ignored_and_warned_of_and_an_extension_moves_that() -> None:
    late = hand_ins(m1=[attempt(when=LATE)])
    found = of(late, good())
    assert found.decision.letter is Letter.FX and "handed in late" in found.decision.reasons[-1]
    assert len(found.warnings) == 1 and "late, due 04 Sep 2020 23:59" in found.warnings[0]
    extended = event("extension", "2020-09-08T23:59:00+02:00", item="m1_tiny", number=9, who="KM", reason="ill")
    assert letter(late, [*good(), extended]) == "A"
    other = event("extension", "2020-09-20T23:59:00+02:00", item="m2_small", number=9)
    assert letter(late, [*good(), other]) == "Fx"
    longer = event("extension", "2020-09-05T23:59:00+02:00", item="m1_tiny", number=10)
    assert letter(late, [*good(), extended, longer]) == "A", "the longest extension holds"


def test_a_hand_in_without_a_time_counts_as_in_time() -> None:
    assert letter(hand_ins(m1=[attempt(when=None)]), good()) == "A"


def test_the_due_second_is_in_time_and_the_next_is_not() -> None:
    assert letter(hand_ins(m1=[attempt(when="2020-09-04 21:59:00")]), good()) == "A"
    assert letter(hand_ins(m1=[attempt(when="2020-09-04 21:59:01")]), good()) == "Fx"


def oral(level: str, when: str, item: str = "oral1", number: int = 20) -> Event:
    return event("oral", level, when, item, number)


def test_of_an_oral_the_best_attempt_counts_and_one_may_be_taken_again() -> None:
    again = [oral("E", "2020-09-17 12:00"), oral("C", "2020-10-22 12:00", number=21)]
    assert letter(hand_ins(), good(oral1=again)) == "A"
    assert letter(hand_ins(), good(oral1=again[::-1])) == "A"
    worse = [oral("C", "2020-09-17 12:00"), oral("E", "2020-10-22 12:00", number=21)]
    assert letter(hand_ins(), good(oral1=worse)) == "A"
    both = of(hand_ins(), good(oral1=again, oral2=[oral("E", "2020-10-15 12:00", "oral2"), oral("C", "2020-10-23 12:00", "oral2", 22)]))
    assert both.decision.letter is Letter.E and "used up" in both.warnings[0]


def test_a_quiz_after_its_date_does_not_count() -> None:
    found = of(hand_ins(), good(quiz=[event("quiz", "passed", "2020-10-14 12:00")]))
    assert found.decision.letter is Letter.FX and "quiz passed of 14 Oct 2020 does not count: late" in found.warnings[0]


def test_after_fx_everything_that_was_short_may_be_made_good_and_the_grade_goes_up_to_a() -> None:
    short = hand_ins(m1=[attempt(E1_hidden=0, D1_hidden=0)])
    lacking = good(oral1=[oral("F", "2020-09-17 12:00")], quiz=[], video=[], seminar=[])
    assert letter(short, lacking) == "Fx"
    renewed = [oral("C", WINDOW), event("quiz", "passed", WINDOW), event("video", "accepted", WINDOW), event("seminar", "attended", WINDOW_2)]
    found = of([*short, attempt(when=WINDOW)], [*lacking, *renewed, REQUEST])
    assert found.decision.letter is Letter.A and found.warnings == () and found.ordinary is Letter.FX
    assert found.used.notebook == "m1_tiny" and found.used.oral == "oral1"


def test_with_f_nothing_can_be_renewed() -> None:
    short = hand_ins(m1=[], m2=[])
    found = of([*short, attempt(when=WINDOW), attempt("m2_small", WINDOW)], good())
    assert found.decision.letter is Letter.F
    assert len(found.warnings) == 2 and "with F nothing can be renewed" in found.warnings[0]


def test_one_notebook_and_one_oral_may_be_renewed_and_no_second() -> None:
    base = hand_ins(m1=[attempt(D1_hidden=0)], m2=[attempt("m2_small", "2020-09-09 12:00", D1_hidden=0)])
    found = of([*base, attempt(when=WINDOW), attempt("m2_small", WINDOW_2)], [*good(), REQUEST])
    assert found.decision.letter is Letter.E and "one notebook may be renewed, and m1_tiny was" in found.warnings[0]
    again = of([*base[1:], attempt(when=WINDOW, D1_hidden=0), attempt(when=WINDOW_2)], [*good(), REQUEST])
    assert again.warnings == (), "the same notebook may be handed in again until the period ends"
    low = good(oral1=[oral("D", "2020-09-17 12:00")], oral2=[oral("D", "2020-10-15 12:00", "oral2")])
    found = of(hand_ins(), [*low, oral("C", WINDOW), oral("C", WINDOW_2, "oral2"), REQUEST])
    assert found.decision.letter is Letter.D and "one oral exam may be renewed" in found.warnings[0]


def test_between_course_and_window_and_after_it_nothing_counts() -> None:
    low = good(oral1=[oral("D", "2020-09-17 12:00")])
    for when in ("2020-10-28 12:00", "2020-12-21 12:00"):
        found = of(hand_ins(), [*low, oral("C", when)])
        assert found.decision.letter is Letter.D and "late" in found.warnings[0]


def test_renewal_without_a_request_in_time_is_warned_of_and_counts() -> None:
    low = good(oral1=[oral("D", "2020-09-17 12:00")])
    found = of(hand_ins(), [*low, oral("C", WINDOW)])
    assert found.decision.letter is Letter.A and "no request" in found.warnings[0]
    assert "no request" in of(hand_ins(), [*low, oral("C", WINDOW), event("request", "A", "2020-12-15 12:00")]).warnings[0]


def decided(value: str, when: str = "2020-11-02 12:00") -> Event:
    return event("override", value, when, number=80, who="the examiner", reason="case 7")


def test_an_examiner_decides_and_the_criteria_stay_in_sight() -> None:
    found = of(hand_ins(), [*good(), decided("F")])
    assert found.decision.letter is Letter.F
    assert found.decision.reasons[0] == "F by decision of the examiner, 02 Nov 2020: case 7"
    assert found.decision.reasons[1] == "by the criteria alone: A"
    later = decided("C", "2020-11-03 12:00").model_copy(update={"number": 81})
    assert letter(hand_ins(), [*good(), decided("F"), later]) == "C", "the last decision holds"


def test_fx_by_an_examiner_opens_the_renewed_examination_and_f_closes_it() -> None:
    short = hand_ins(m1=[], m2=[attempt("m2_small", "2020-09-09 12:00", E1_hidden=0)])
    renewed = attempt("m2_small", WINDOW)
    assert letter([*short, renewed], [*good(), REQUEST]) == "F"
    assert letter([*short, renewed], [*good(), decided("Fx"), REQUEST]) == "Fx", "m1 is still missing"
    only = hand_ins(m1=[attempt(E1_hidden=0)])
    assert letter([*only, attempt(when=WINDOW)], [*good(), decided("Fx"), REQUEST]) == "A"
    assert letter([*only, attempt(when=WINDOW)], [*good(), decided("F"), REQUEST]) == "F"


def test_what_is_withdrawn_is_out_of_force() -> None:
    wrong = oral("C", "2020-09-17 12:00", number=1)
    log = [wrong, event("withdraw", item="1", number=2), oral("E", "2020-09-17 12:00", number=3)]
    assert [one.number for one in in_force(log)] == [3]


def test_the_outlook_takes_what_is_ahead_as_done_well() -> None:
    nothing = of([], [])
    early, after_m1, at_end = at("2020-08-25 12:00"), at("2020-09-06 12:00"), at("2020-11-01 12:00")
    assert outlook(COURSE, nothing, early).reach is Letter.A
    assert not outlook(COURSE, nothing, early).missed
    found = outlook(COURSE, nothing, after_m1)
    assert found.reach is Letter.FX and found.at_risk and found.missed == ("m1_tiny: not handed in",)
    assert outlook(COURSE, nothing, at_end).reach is Letter.F
    unread = of([attempt(E1_reflect=None)], [])
    assert outlook(COURSE, unread, after_m1).reach is Letter.A, "what only waits to be read is no risk"
    assert outlook(COURSE, unread, at_end).missed == ("m2_small: not handed in", *NEVER_TAKEN)
    assert outlook(COURSE, unread, at("2020-09-09 12:00")).soon == ("m2_small: not handed in",)
