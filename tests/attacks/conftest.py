"""The whole corpus is graded once, by one engine with two workers, with honest students between the attackers."""

from __future__ import annotations

import copy
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from staff.config import Course, load_course
from staff.intake import load_master, read_all
from staff.judge.engine import JudgeEngine
from staff.judge.inside.isolation import Limits
from staff.judge.session import Seconds
from staff.master import Master
from staff.notebook import write_notebook, write_text
from staff.outcomes import Result
from tests.attacks.case import MODULE, Case, all_cases
from tests.attacks.course import ATTACKED, attacked_notebook, honest, line

SECONDS = Seconds(cell=4.0, test=3.0, submission=20.0)
LIMITS = Limits(memory=600, disk=64, cpu=60, processes=48)
HONEST = ["a_00_honest", "a_30_honest", "b_45_honest", "c_99_honest"]  # their names put them between the others


@dataclass
class Run:
    """One grading of the corpus, and of the honest students alone."""

    course: Course
    master: Master
    results: dict[str, list[Result]]
    alone: dict[str, Result]
    said: str
    seconds: float


@contextmanager
def standard_error() -> Iterator[list[str]]:
    """What this process and its children write to the terminal's error stream."""
    said: list[str] = []
    with tempfile.TemporaryFile() as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            file.seek(0)
            said.append(file.read().decode(errors="replace"))


def grade(course: Course, master: Master, root: Path, students: list[str] | None = None) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for result in JudgeEngine(course, 2, SECONDS, LIMITS).grade(master, read_all(root, master, None, students)):
        found.setdefault(result.student, []).append(result)
    return found


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    only = os.environ.get("ATTACKS")  # for work on a case: ATTACKS=a_05,b_12 pytest tests/attacks
    return [case for case in all_cases() if not only or case.name.startswith(tuple(only.split(",")))]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory, cases: list[Case]) -> Run:
    root = tmp_path_factory.mktemp("attacks")
    write_text(root / "course.yml", ATTACKED)
    write_notebook(root / "source" / MODULE / f"{MODULE}.ipynb", attacked_notebook())
    course = load_course(root)
    master = load_master(course, root, "m1")
    notebook = json.loads(json.dumps(honest(master)))
    for case in [*cases, *(Case(name) for name in HONEST)]:
        for student in case.students:
            case.hand_in(root / "submitted" / student / MODULE, copy.deepcopy(notebook), line())
    began = time.monotonic()
    with standard_error() as said:
        results = grade(course, master, root)
        seconds = time.monotonic() - began
        alone = grade(course, master, root, HONEST[:1])
    return Run(course, master, results, {student: found[0] for student, found in alone.items()}, said[0], seconds)
