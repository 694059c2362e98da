"""`make bench -k profile`: where the time of a submission of module 3 goes, from reading the hand-in to its place in the gradebook."""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

from staff import database, grading, intake, judging
from staff.config import load_course
from staff.intake import Submission
from staff.judge.desk import Desk
from staff.judge.inside.isolation import Limits
from staff.judge.sandbox import Sandbox
from staff.judge.session import Seconds, Session
from staff.master import Master, MasterCell
from staff.outcomes import Result
from staff.record import Record
from tests.bench.growing import hand_in_class

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
ONCE = ("start of a worker", "reading the master", "making and opening the gradebook", "the report")  # a run, not a submission
REST = "everything else"


class Stages:
    """Time by stage; what a stage does inside another one is not counted twice."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.stack = [REST]
        self.since = time.perf_counter()

    def switch(self) -> None:
        now = time.perf_counter()
        self.spent[self.stack[-1]] += now - self.since
        self.since = now

    def timed(self, function: Callable[..., Any], name: str | Callable[..., str]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            self.switch()
            self.stack.append(name if isinstance(name, str) else name(*args))
            try:
                return function(*args, **kwargs)
            finally:
                self.switch()
                self.stack.pop()

        return run


class InThisProcess:
    """The judge without workers, so that its parts can be timed."""

    name = "judge"

    def grade(self, master: Master, submissions: Iterable[Submission]) -> Iterator[Result]:
        desk = Desk(master, Seconds(), Limits())
        try:
            for submission in submissions:
                yield desk.grade(submission)
        finally:
            desk.sandbox.close()


def by_role(session: Session, cell: MasterCell) -> str:
    return "hidden tests" if cell.role == "hidden" else "visible tests"


def test_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in_class(tmp_path, 10)
    course, stages = load_course(tmp_path), Stages()
    places: list[tuple[Any, str, str | Callable[..., str]]] = [
        (Desk, "__init__", ONCE[0]), (grading, "load_master", ONCE[1]), (Record, "__init__", ONCE[2]),
        (database, "_make_tables", ONCE[2]),
        (intake, "read_submission", "reading the hand-in"), (judging, "submission_mark", "fingerprint of the hand-in"),
        (Sandbox, "child", "starting a child"), (Sandbox, "kill", "ending the child"), (Session, "_run_cells", "the answers' cells"),
        (Session, "_kinds", "what the names are"), (Session, "_try", by_role), (judging, "graded_notebook", "the graded notebook"),
        (judging, "write_notebook", "writing the notebook"), (Record, "save", "the gradebook"), (grading, "write_report", ONCE[3]),
    ]  # fmt: skip
    for owner, attribute, name in places:
        monkeypatch.setattr(owner, attribute, stages.timed(getattr(owner, attribute), name))
    monkeypatch.setattr(judging, "_engine", lambda *args: InThisProcess())
    before = resource.getrlimit(resource.RLIMIT_DATA)
    try:
        results = grading.autograde(course, tmp_path, "m3").results
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
    stages.switch()
    once = ", ".join(f"{name} {stages.spent.pop(name):.1f} s" for name in ONCE)
    each = {name: spent / len(results) for name, spent in stages.spent.items()}
    total = sum(each.values())
    table = Table("a submission of module 3", "ms", "%", title=f"{len(results)} submissions, one process; once: {once}")
    for name, spent in sorted(each.items(), key=lambda row: -row[1]):
        table.add_row(name, f"{1000 * spent:.1f}", f"{100 * spent / total:.1f}")
    Console(width=100).print(table)
    assert len(results) == 10 and total > 0
