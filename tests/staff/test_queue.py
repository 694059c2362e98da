"""What needs a person: answers by task, flags, regrade requests and their log, double marking and its agreement; disclosures."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staff.cli import app
from staff.collect import collect
from staff.config import CourseError, load_course
from staff.database import reading
from staff.disclosures import disclosures, said_in
from staff.events import in_force, read_events
from staff.forget import forget
from staff.intake import Submission, load_master
from staff.outcomes import CellResult, Finding, FindingKind, Outcome, Result
from staff.record import Mark, open_record
from staff.regrades import requests
from staff.second_marks import Pair, agreement, drawn
from staff.waiting import queue
from tests.staff.class_of import attempt, event, small_course
from tests.staff.gradebooks import fill, write_course
from tests.staff.hand_ins import IN_TIME, canvas, notebook, tree, write_roster, zipped
from tests.staff.tiny import COURSE

NAMES = [f"s{number:02d}" for number in range(20)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, empty_gradebook: Path) -> Path:
    """Twenty students with m1: five reflections are unread, two did not answer."""
    root = tmp_path_factory.mktemp("queue")
    write_course(root, empty_gradebook)
    attempts = [attempt(student=name, E1_reflect=None if number < 5 else 0 if number < 7 else number % 5) for number, name in enumerate(NAMES)]
    fill(root, attempts)
    return root


@pytest.fixture
def root(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "course"))


def course(root: Path, *words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--root", str(root)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_answers_wait_by_task_with_links(root: Path) -> None:
    found = queue(load_course(root), root, url="http://hub:8000/user/ta/")
    assert [(one.cell, sorted(one.links)) for one in found.to_read] == [("m1-E1-reflect", NAMES[:5])]
    links = set(found.to_read[0].links.values())
    assert len(links) == 5 and all(link.startswith("http://hub:8000/user/ta/formgrader/submissions/") for link in links)
    shown = course(root, "queue")
    page = (root / "reports/queue.html").read_text()
    assert "reports/queue.html" in shown and page.count("/formgrader/submissions/") >= 5 and "m1-E1-reflect · Doubling (5)" in page


def test_what_does_not_count_for_its_time_need_not_be_read(root: Path) -> None:
    fill(root, [attempt(student=name, when=when, E1_reflect=None) for name, when in (("late", "2020-09-05 12:00"), ("again", "2020-11-20 12:00"))])
    (one,) = queue(load_course(root), root).to_read
    assert "late" not in one.links and "again" in one.links  # handed in for the renewed examination
    course(root, "record", "extension", "late", "m1", "--until", "2020-09-06", "--by", "KM", "--reason", "ill")
    assert "late" in queue(load_course(root), root).to_read[0].links


def test_a_request_is_logged_shown_and_answered(root: Path) -> None:
    course(root, "request", "s03", "m1-D1-hidden", "--reason", "a <b>float32</b> answer")
    found = queue(load_course(root), root)
    assert [(one.request.student, one.request.cell) for one in found.asked] == [("s03", "m1-D1-hidden")] and found.asked[0].link
    course(root, "queue")
    assert "<b>float32" not in (root / "reports/queue.html").read_text()
    with pytest.raises(CourseError, match="asked already"):
        course(root, "request", "s03", "m1-D1-hidden", "--reason", "again")
    with pytest.raises(CourseError, match="--by NAME"):
        course(root, "request", "s03", "m1-D1-hidden", "--granted", "--reason", "yes")
    course(root, "request", "s03", "m1-D1-hidden", "--refused", "--by", "KM", "--reason", "the mean is of the wrong axis")
    assert not queue(load_course(root), root).asked
    with reading(load_course(root), root) as connection:
        (one,) = requests(in_force(read_events(connection)))
    assert one.answer and (one.answer.value, one.answer.who) == ("refused", "KM") and "s03" in course(root, "request")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["s03", "m1-D1-hiden", "--reason", "x"], "did you mean m1-D1-hidden"), (["s33", "m1-D1-hidden", "--reason", "x"], "not known"),
        (["s03", "m1-D1-hidden"], "--reason TEXT"), (["s03", "m1-D1-hidden", "--granted", "--by", "KM", "--reason", "x"], "no open request"),
        (["s03"], "STUDENT and CELL"),
    ],
)  # fmt: skip
def test_requests_that_can_not_be(root: Path, words: list[str], said: str) -> None:
    with pytest.raises(CourseError) as error:
        course(root, "request", *words)
    assert said in str(error.value)


def test_an_answer_belongs_to_the_request_before_it() -> None:
    log = [event("regrade", value, item="m1-D1-hidden", number=number) for number, value in enumerate(["asked", "refused", "asked"])]
    first, second = requests(log)
    assert first.answer and first.answer.value == "refused" and second.answer is None


def test_a_tenth_is_drawn_evenly_and_stays_drawn() -> None:
    many = [f"s{number}" for number in range(200)]
    small = small_course()
    first = drawn(small, {"m1-E1-reflect": many, "m1-AB1-code": many[:4]})
    assert len(first) == 21 and first == drawn(small, {"m1-AB1-code": many[:4], "m1-E1-reflect": list(reversed(many))})
    late = drawn(small, {"m1-E1-reflect": [*many, "zoe"], "m1-AB1-code": many[:4]})
    assert len(set(first) - set(late)) <= 1
    assert [cell for _, cell in first].count("m1-AB1-code") == 1
    other = drawn(small.model_copy(update={"version": "2021.1"}), {"m1-E1-reflect": many})
    assert set(other) != {pair for pair in first if pair[1] == "m1-E1-reflect"}


def test_second_marks_are_recorded_checked_and_compared(root: Path) -> None:
    found = queue(load_course(root), root, load_course(root).module("m1"))
    cells = {pair.cell for pair in found.twice}
    assert cells == {"m1-E1-reflect", "m1-AB1-code", "m1-AB1-reflect"} and found.agreement is None
    reflect = [pair for pair in found.twice if pair.cell == "m1-E1-reflect"]
    assert len(reflect) == 2 and not {pair.student for pair in reflect} & set(NAMES[5:7])  # a tenth of eighteen; blank ones are not drawn
    one = reflect[0]
    for words, said in [(["--score", "4.5", "--by", "KM"], "0 to 4"), (["--score", "3"], "--by NAME"), (["--score", "nan", "--by", "KM"], "0 to 4")]:
        with pytest.raises(CourseError, match=said):
            course(root, "mark", one.student, one.cell, *words)
    undrawn = next(name for name in NAMES if name not in {pair.student for pair in reflect})
    with pytest.raises(CourseError, match="not drawn"):
        course(root, "mark", undrawn, one.cell, "--score", "1", "--by", "KM")
    with pytest.raises(CourseError, match="tests grade it"):
        course(root, "mark", one.student, "m1-D1-hidden", "--score", "1", "--by", "KM")
    course(root, "mark", one.student, one.cell, "--score", "3", "--by", "KM")
    problem = next(pair for pair in found.twice if pair.cell == "m1-AB1-code")
    course(root, "mark", problem.student, problem.cell, "--score", "6", "--by", "KM")
    after = queue(load_course(root), root)
    assert after.agreement and after.agreement.pairs >= 1 and after.size == found.size - 2
    assert "Cohen's kappa" in " ".join(course(root, "double-mark", "m1").split())


def test_agreement_by_hand() -> None:
    pairs = [Pair(student=str(n), cell="c", most=4, first=a, second=b) for n, (a, b) in enumerate([(0, 0), (2, 2), (4, 3), (4, 4), (1, 3)])]
    found = agreement([*pairs, Pair(student="x", cell="c", most=4, first=2)])
    assert found and (found.pairs, found.equal) == (5, 0.6) and found.difference == pytest.approx(0.05) and found.distance == pytest.approx(0.15)
    # Cohen (1968): 1 - sum of squared gaps / expected under independent graders with the same marginals
    first, second = [0, 2, 4, 4, 1], [0, 2, 3, 4, 3]
    expected = sum((a - b) ** 2 for a in first for b in second) / 5
    assert found.kappa == pytest.approx(1 - 5 / expected)
    same = agreement([Pair(student="a", cell="c", most=4, first=4, second=4)])
    assert same and same.kappa is None and same.equal == 1 and agreement([]) is None


@pytest.fixture
def tiny(tiny_course: Path, empty_gradebook: Path, tmp_path: Path) -> Path:
    """The tiny course with three hand-ins: filled, untouched and against the policy."""
    shutil.copyfile(empty_gradebook, tiny_course / "gradebook.db")
    (tiny_course / "course.yml").write_text(COURSE.replace("assignments: disclose", "assignments: forbidden"))
    write_roster(tiny_course)
    label = "m1-E0-answer-disclosure"
    files = {
        "ek_101_1_m1_tiny.zip": zipped(notebook()),
        "bob_102_2_m1_tiny.zip": zipped(notebook(label)),
        "chen_103_3_m1_tiny.zip": zipped(notebook(**{label: 'ai_tools = ["=cmd()", "Claude"]\nai_use = "asked about shapes in D1"\nopen("x")'})),
    }
    collect(load_course(tiny_course), tiny_course, "m1", str(canvas(tmp_path / "s.zip", files)))
    return tiny_course


def graded(root: Path, student: str, outcome: Outcome, *findings: Finding) -> None:
    made = load_course(root)
    cells = [CellResult(grade_id="m1-E0-check-disclosure", task="E0", outcome=outcome, score=float(outcome is Outcome.PASSED), max_score=1)]
    with open_record(made, root, load_master(made, root, "m1")) as record:
        result = Result(student=student, module="m1_tiny", cells=cells, findings=list(findings))
        record.save(Submission(student, "m1_tiny", handed_in=IN_TIME), result, Mark(student, "tests"))


def test_disclosures_are_listed_with_what_they_are_worth(tiny: Path) -> None:
    states = {one.student: one for one in disclosures(load_course(tiny), tiny, "m1")}
    assert {name: one.state for name, one in states.items()} == {"alice": "not graded yet", "bob": "untouched", "chen": "not graded yet"}
    assert states["alice"].said == {"ai_use": "none"} and not states["alice"].look and "forbids" in states["chen"].look
    assert states["chen"].said["ai_tools"] == "=cmd(), Claude"
    graded(tiny, "alice", Outcome.PASSED)
    graded(tiny, "chen", Outcome.FAILED)
    states = {one.student: one for one in disclosures(load_course(tiny), tiny, "m1")}
    assert {name: one.state for name, one in states.items()} == {"alice": "counts", "bob": "untouched", "chen": "invalid"}
    assert "DOES NOT COUNT" in next((tiny / "feedback/bob/m1_tiny").glob("receipt-*")).read_text()
    assert "2 of 3 do not count as they are: bob, chen" in course(tiny, "disclosures", "m1")
    rows = list(csv.reader(io.StringIO(course(tiny, "disclosures", "m1", "--format", "csv"))))
    assert rows[0] == ["student", "state", "ai_tools", "ai_use", "look"] and rows[3][2] == "'=cmd(), Claude"


def test_what_a_cell_says_is_read_without_running_it() -> None:
    said = said_in('pledge = True\nai_tools = ["a", "b"]\nai_use = "in E1"\nother = exit()')
    assert said == {"pledge": "True", "ai_tools": "a, b", "ai_use": "in E1", "other": "exit()"}
    assert said_in("ai_use = ") == {}
    assert said_in("ai_use = 0x" + "f" * 5000)["ai_use"] == said_in("ai_use = -x + 0x" + "f" * 5000)["ai_use"] == "(can't be shown)"
    assert said_in(r"ai_use = '\ud800 \x1b[2J none'")["ai_use"] == "[2J none"


def test_flags_of_grading_wait_for_a_person(tiny: Path) -> None:
    odd, late = (Finding(kind=kind, message=f"{kind} <script>") for kind in (FindingKind.TAMPERED, FindingKind.LATE))
    graded(tiny, "alice", Outcome.PASSED, odd, late)
    found = queue(load_course(tiny), tiny)
    assert [(one.student, one.finding.kind) for one in found.flags] == [("alice", FindingKind.TAMPERED)] and found.flags[0].link
    course(tiny, "queue")
    assert "<script>" not in (tiny / "reports/queue.html").read_text()


def test_a_forgotten_student_leaves_no_hand_in(tiny: Path) -> None:
    assert any("chen" in name for name in tree(tiny))
    forget(load_course(tiny), tiny, "chen")
    assert not any("chen" in name for name in tree(tiny)) and any("alice" in name for name in tree(tiny))
    assert "chen" not in (tiny / "roster.csv").read_text().lower() and "alice" in (tiny / "roster.csv").read_text()
