"""`make bench -k kills`: fifty SIGKILLs at random moments of one run of sixty submissions."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest
from rich.console import Console

from staff.config import load_course
from staff.grading import read_report
from tests.staff.judged import rows
from tests.staff.kills import PHASES, Killer, finish, kept, recorded, write_class_of

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]
COUNT = 60


def test_fifty_kills_leave_the_gradebook_of_an_undisturbed_run(tmp_path: Path) -> None:
    quiet, disturbed = tmp_path / "quiet", tmp_path / "disturbed"
    for root in (quiet, disturbed):
        write_class_of(root, COUNT)
    began = time.monotonic()
    finish(quiet)
    undisturbed = time.monotonic() - began
    random = Random(50)
    phases = ["start"] * 10 + ["grading"] * 15 + ["recording"] * 15
    random.shuffle(phases)
    killer = Killer(disturbed, COUNT, random)
    for phase in [*phases, *["report"] * 10]:
        killer.kill(phase)
    while killer.killed.total() < 50:  # one that came when the run was done
        killer.kill("start")
    finish(disturbed)
    told = ", ".join(f"{phase} {killer.killed[phase]}" for phase in PHASES)
    Console().print(f"{killer.killed.total()} kills of {COUNT} submissions ({told}), {undisturbed:.0f} s undisturbed")
    assert all(killer.killed[phase] >= 5 for phase in PHASES)
    assert rows(disturbed) == rows(quiet)
    assert len(recorded(disturbed)) == kept(disturbed) == COUNT
    module = load_course(disturbed).module("m1")
    reports = [[(r.student, r.score, r.cells) for r in read_report(root, module)] for root in (quiet, disturbed)]
    assert reports[0] == reports[1]
