"""A whole autumn of twenty students through the command itself: released, handed in, graded, examined, renewed, forgotten.

tests/staff/twenty.py says what each does, and the letter that the course memo gives for it; tests/staff/term.py makes the course.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from staff import judging
from staff.notebook import write_text
from tests.staff.term import REAL, Once, Term, canvas_id, write_term
from tests.staff.twenty import CLASS

pytestmark = pytest.mark.usefixtures("wide")
READ = 0.8  # the share of the points that a person gives for what is not said otherwise
HEAD = "event,student,item,value,at,by,reason"
MORNING = "10:00"
AFTER = "2026-12-21 09:00"
EARLY, DOWNLOAD = {"m2": "2026-09-08"}, {
    "m1": "2026-09-05", "m2": "2026-09-12", "m3": "2026-09-17", "m4": "2026-09-26", "m5": "2026-10-03", "m6": "2026-10-10", "m7": "2026-10-14"
}  # fmt: skip
ONCE_MORE = {"m1": "2026-09-07", "m2": "2026-09-14", "m3": "2026-09-21", "m5": "2026-10-05", "m6": "2026-10-12"}  # days when more time has run out
RENEWED = "2026-11-28"


@pytest.fixture
def term(tmp_path: Path, empty_gradebook: Path, monkeypatch: pytest.MonkeyPatch) -> Term:
    root = tmp_path / "course"
    course = write_term(root)
    (root / "gradebook.db").write_bytes(empty_gradebook.read_bytes())
    rows = "".join(f"{student},{canvas_id(student)},{student},{student.title()} Ek\n" for student in CLASS)
    write_text(root / "roster.csv", f"student,canvas_id,login,name\n{rows}")
    monkeypatch.setattr(Once, "judged", {}, raising=False)
    monkeypatch.setattr(judging, "JudgeEngine", Once)
    return Term(root, course)


def test_a_course_of_twenty_from_release_to_final_letters(term: Term) -> None:
    it_is_released(term)
    for key in DOWNLOAD:
        a_module_runs(term, key)
        if key == "m3":
            the_first_oral(term)
    the_course_ends(term)
    letters = {name: student.before or student.letter for name, student in CLASS.items()}
    assert found(term, "2026-10-26 09:00") == letters, "at the end of the ordinary course"
    what_can_be_renewed(term)
    the_examination_is_renewed(term)
    assert found(term, AFTER) == {name: student.letter for name, student in CLASS.items()}, "after the re-exams"
    everybody_is_told_why(term)
    solutions_go_out_at_last(term)
    one_is_forgotten(term)


def it_is_released(term: Term) -> None:
    first = term.course.modules[0]
    said = term.run("2026-08-24 09:00", "release", "--due")
    assert f"upload dist/{first.id}.zip" in said and f"next: {term.course.modules[1].id} on Mon 31 Aug" in said
    assert (term.root / "dist" / f"{first.id}.zip").is_file()


def a_module_runs(term: Term, key: str) -> None:
    """Everything that Canvas gives for a module in the ordinary course, at each download; then it is graded, read and sent back."""
    module = term.course.module(key)
    early = [(name, what, False) for name, student in CLASS.items() for when, what in student.uploads(key) if when == "early"]
    if early:
        collected(term, EARLY[key], key, term.download(f"{EARLY[key]} {MORNING}", module.id, early))
    in_time = [(name, what, False) for name, student in CLASS.items() for when, what in student.uploads(key) if when == ""]
    strange = {f"stranger_999_9_{module.id}.zip": b"x", "ekada_LATE_97_text.html": b"done"} if key == "m1" else {}
    source = term.download(f"{DOWNLOAD[key]} {MORNING}", module.id, in_time, strange)
    if key == "m3":
        more_time_for_leo(term)
    said = collected(term, DOWNLOAD[key], key, source)
    assert f"{len(strange)} files not taken" in said and ("Canvas id 999 is not in roster.csv" in said) is bool(strange)
    if key == "m1":
        again = term.run(f"{DOWNLOAD[key]} 11:00", "collect", key, "--from", source)
        assert "0 new hand-ins kept in attempts/, 0 put into submitted/" in again
    the_late_ones(term, key)
    told = term.run(f"{DOWNLOAD[key]} 12:00", "feedback", key, *(["--student", "eva", "--student", "hal"] if module.id == REAL else []))
    handed_in = list((term.root / "submitted").glob(f"*/{module.id}"))
    assert f"{2 if module.id == REAL else len(handed_in)} pages" in told
    page = (term.root / "feedback" / "eva" / module.id / f"{module.id}.html").read_text(encoding="utf-8")
    assert "read by a person" in page and "Comment: 80% of it" in page and "points follow" not in page


def the_late_ones(term: Term, key: str) -> None:
    late = [(name, when, what) for name, student in CLASS.items() for when, what in student.uploads(key) if when[:7] in ("2026-09", "2026-10")]
    if not late:
        return
    times = term.table("times.csv", "student,handed_in", [(name, when) for name, when, _ in late])
    day = ONCE_MORE[key]
    source = term.download(f"{day} {MORNING}", term.course.module(key).id, [(name, what, True) for name, _, what in late])
    said = collected(term, day, key, source, "--times", times)
    assert ("LATE" in said) is (key in ("m2", "m6")), "gil has no late day to use, kim has one left and needs two"


def collected(term: Term, day: str, key: str, source: str, *more: str) -> str:
    """Collect, grade, and read what people read."""
    said = term.run(f"{day} {MORNING}", "collect", key, "--from", source, *more)
    graded = term.run(f"{day} 10:30", "autograde", key, "--workers", "1")
    assert "as before" in graded
    waits = key == "m1" and "to read" in term.run(f"{day} 10:40", "queue")
    read_by_a_person(term, key)
    assert key != "m1" or (waits and "to read" not in term.run(f"{day} 10:50", "queue"))
    return said


def read_by_a_person(term: Term, key: str) -> None:
    """What formgrader writes when somebody types points into it."""
    with Gradebook(f"sqlite:///{term.root / 'gradebook.db'}", term.course.id) as gradebook:
        for submission in gradebook.assignment_submissions(term.course.module(key).id):
            for grade in submission.notebooks[0].grades:
                if grade.needs_manual_grade:
                    share = CLASS[submission.student_id].points.get(grade.name, READ)
                    grade.manual_score, grade.needs_manual_grade = share * grade.max_score, False
                    gradebook.find_comment(grade.name, *[term.course.module(key).id] * 2, submission.student_id).manual_comment = f"{share:.0%} of it"
        gradebook.db.commit()


def more_time_for_leo(term: Term) -> None:
    said = term.run("2026-09-15 09:00", "record", "extension", "leo", "m3", "--until", "2026-09-20", "--by", "KM", "--reason", "ill")
    assert f"extension leo {REAL} 2026-09-20T23:59:00+02:00" in said
    who = {row.split()[1]: row for row in term.run("2026-09-16 09:00", "eligible", "1").splitlines() if " leo " in row or " tea " in row}
    assert "later" in who["leo"] and "20 Sep 23:59" in who["leo"] and "notebooks missing" in who["tea"]


def recorded(term: Term, day: str, since: str) -> None:
    """All that took place from one day to another, from a file; what a file says twice is there once."""
    rows = []
    for name, student in CLASS.items():
        rows += [("oral", name, item, value, at, "KM", "") for item, value, at in student.orals]
        rows += [("quiz", name, "", value, at, "", "") for value, at in student.quiz]
        rows += [(kind, name, "", value, at, "", "") for kind, value, at in student.shows]
    path = term.table("events.csv", HEAD, [row for row in rows if since <= row[4] <= day])
    said = term.run(f"{day} 18:00", "record", "--from", path)
    again = term.run(f"{day} 19:00", "record", "--from", path)
    assert said.split()[1] == "recorded" and again.startswith("0 recorded, ")


def the_first_oral(term: Term) -> None:
    recorded(term, "2026-09-23", "2026-09-01")


def the_course_ends(term: Term) -> None:
    term.run("2026-10-12 09:00", "record", "extension", "pia", "quiz", "--until", "2026-10-20", "--by", "KM", "--reason", "ill")
    recorded(term, "2026-10-23", "2026-10-01")
    days = {row.split()[1]: row.split()[3] for row in term.run("2026-10-23 20:00", "late-days").splitlines() if " m" in row}
    assert days == {"jon": "3", "kim": "4"}
    term.run("2026-10-23 20:00", "request", "eva", "m3-D1-hidden", "--reason", "mine is right as well")
    assert "mine is right as well" in term.run("2026-10-23 20:00", "queue")
    term.run("2026-10-23 20:00", "request", "eva", "m3-D1-hidden", "--refused", "--by", "KM", "--reason", "the sign is lost")
    by_decision = ("record", "override", "quy", "Fx", "--by", "KM", "--reason", "a month in hospital", "--at", "2026-10-26 08:00")
    assert "quy now: Fx" in term.run("2026-10-26 08:00", *by_decision)


def found(term: Term, day: str) -> dict[str, str]:
    return {row["student"]: row["grade"] for row in json.loads(term.run(day, "grades", "--format", "json"))}


def what_can_be_renewed(term: Term) -> None:
    day = "2026-11-10 09:00"
    plan = term.run(day, "raise-plan", "rob", "C")
    assert "1. hand in an updated m5_diffusion with D1 solved" in plan and "2. take oral2 again and reach level C" in plan
    for student, target, why in (("rob", "A", "A can't be reached"), ("gil", "E", "F can't be raised"), ("ada", "A", "nothing to raise")):
        assert why in term.run(day, "raise-plan", student, target, status=1)
    for student, target in (("fay", "A"), ("rob", "C"), ("sam", "B"), ("quy", "E")):
        term.run(day, "record", "request", student, target)
    refused = term.run(day, "release-solutions", "m3", status=2)
    assert "answers may still be handed in" in refused and "may hand it in again" in refused
    assert not (term.root / "dist" / "solutions").exists()


def the_examination_is_renewed(term: Term) -> None:
    for key in DOWNLOAD:
        came = [(name, when, what) for name, student in CLASS.items() for when, what in student.uploads(key) if when.startswith("2026-11")]
        if came:
            times = term.table("times.csv", "student,handed_in", [(name, when) for name, when, _ in came])
            source = term.download(f"{RENEWED} {MORNING}", term.course.module(key).id, [(name, what, True) for name, _, what in came])
            assert "in the period of renewed examination" in collected(term, RENEWED, key, source, "--times", times)
    recorded(term, "2026-12-02", "2026-11-01")


def everybody_is_told_why(term: Term) -> None:
    rows = {row["student"]: row for row in json.loads(term.run(AFTER, "grades", "--format", "json"))}
    told = {name: (" ".join(term.run(AFTER, "explain", name).split()), " ".join(rows[name]["warnings"])) for name in CLASS}
    wrong = [f"{name} ({CLASS[name].story}): {said}" for name, (said, _) in told.items() if CLASS[name].reason not in said]
    wrong += [f"{name}: warned {said!r}, not {CLASS[name].warned!r}" for name, (_, said) in told.items() if CLASS[name].warned not in said]
    unwarned = {"gil", "kim", "noa", "oda", "rob", "sam"}
    wrong += [f"{name}: warned {said!r}" for name, (_, said) in told.items() if said and name not in unwarned]
    assert not wrong, "\n".join(wrong)
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (term.root / "reports" / "explain").glob("*.html")}
    assert set(pages) == set(CLASS)
    assert "does not count: pledge and AI disclosure untouched" in pages["hal"]
    assert all(f"Grade of {name}: {CLASS[name].letter}" in page and not any(other in page.split() for other in set(CLASS) - {name})
               for name, page in pages.items())  # fmt: skip
    term.run(AFTER, "dashboard")


def solutions_go_out_at_last(term: Term) -> None:
    assert "solutions and reference answers" in term.run(AFTER, "release-solutions", "m3")
    assert (term.root / "dist" / "solutions" / REAL / f"{REAL}_solutions.ipynb").is_file()


def one_is_forgotten(term: Term) -> None:
    term.run(AFTER, "forget", "tea", "--yes")
    left = [path for path in term.root.rglob("*") if path.is_file() and b"Tea Ek" in path.read_bytes()]
    left += [path for path in term.root.rglob("tea*")]
    assert not left and found(term, AFTER) == {name: student.letter for name, student in CLASS.items() if name != "tea"}
