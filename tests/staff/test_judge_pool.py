"""A grading process that dies, hangs or loses its sandbox costs the submission it had, and no other."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from staff.config import CourseError, load_course
from staff.intake import Submission, load_master, read_all
from staff.judge import engine
from staff.judge.desk import told
from staff.judge.engine import JudgeEngine
from staff.judge.inside.isolation import Limits
from staff.judge.session import LOST, Seconds, Session
from staff.judge.trial import Tried
from staff.notebook import write_notebook
from staff.outcomes import Outcome


def trouble(student: str) -> None:
    if student == "bo":
        os.kill(os.getpid(), signal.SIGKILL)
    if student == "cy":
        raise CourseError("the sandbox is gone")
    if student == "di":
        time.sleep(600)


@pytest.fixture
def class_of_five(tiny_course: Path) -> Any:
    course = load_course(tiny_course)
    master = load_master(course, tiny_course, "m1")
    for student in ("ada", "bo", "cy", "di", "eve"):
        write_notebook(tiny_course / "submitted" / student / "m1_tiny" / "m1_tiny.ipynb", master.notebook)
    return course, master, read_all(tiny_course, master, None)


def test_one_submissions_trouble_is_its_own(class_of_five: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    course, master, submissions = class_of_five
    graded = Session.grade

    def troubled(self: Session) -> Any:
        trouble(self.submission.student)
        return graded(self)

    monkeypatch.setattr(Session, "grade", troubled)
    monkeypatch.setattr(engine, "OVERTIME", 4.0)
    results = {result.student: result for result in JudgeEngine(course, 2, Seconds(5, 5, 2), Limits(memory=600)).grade(master, submissions)}
    assert sorted(results) == ["ada", "bo", "cy", "di", "eve"]
    for student in ("ada", "eve"):
        assert {cell.outcome for cell in results[student].cells} <= {Outcome.PASSED, Outcome.MANUAL}
    for student in ("bo", "cy", "di"):
        assert results[student].score == 0
        assert {(cell.outcome, cell.message) for cell in results[student].cells} == {(Outcome.CRASHED, LOST.message), (Outcome.MANUAL, "")}


def test_submissions_are_read_when_they_are_needed(class_of_five: Any) -> None:
    course, master, submissions = class_of_five
    read: list[str] = []

    def each() -> Iterator[Submission]:
        for submission in submissions:
            read.append(submission.student)
            yield submission

    results = JudgeEngine(course, 1).grade(master, each())
    next(results)
    assert len(read) <= 3, "one is graded, one waits"
    assert len(list(results)) == 4 and len(read) == 5


def test_a_machine_without_a_sandbox_is_said_once_and_clearly(class_of_five: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    course, master, submissions = class_of_five
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("staff.judge.sandbox.sys.executable", "/nowhere/python")
    with pytest.raises(CourseError, match="bubblewrap"):
        list(JudgeEngine(course, 1).grade(master, submissions))


def test_what_a_student_reads_of_a_hidden_test(class_of_five: Any) -> None:
    _, master, _ = class_of_five
    hidden, check = master.by_label["m1-E1-hidden"], master.by_label["m1-E1-check"]
    failed = Outcome.FAILED
    assert told(master, hidden, Tried(failed, "twice each number", "AssertionError")) == "twice each number"
    assert told(master, hidden, Tried(failed, "got 6.0", "AssertionError")) == "a hidden test failed"
    assert told(master, hidden, Tried(Outcome.ERROR, "[-3.0, 0.0]", "ValueError", own=True)) == "in a hidden test your code raised ValueError"
    assert (
        told(master, hidden, Tried(Outcome.ERROR, "twice each number", "AssertionError", own=True))
        == "in a hidden test your code raised AssertionError"
    )
    assert told(master, hidden, Tried(Outcome.ERROR, "_x", "NameError")) == "a hidden test stopped with NameError"
    assert told(master, check, Tried(failed, "double(1) gave\n\x1b[2J3", "AssertionError")) == "double(1) gave  [2J3"
    assert told(master, check, Tried(Outcome.ERROR, "no", "ValueError", own=True)) == "your code raised ValueError: no"
    secret = "_x = torch.tensor([-3.0, 0.0, 1e6], dtype=torch.float64)"
    assert told(master, check, Tried(Outcome.ERROR, secret, "ValueError")) == "a hidden test failed"
