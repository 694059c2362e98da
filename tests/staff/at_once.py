"""`course` in many processes that begin at the same moment. Their parent has imported everything, so that they only run."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.synchronize import Barrier

from staff.cli import main

NEEDED = ["tests.staff.at_once", "staff.event_checks", "staff.events", "staff.standing", "nbgrader.api"]


def _run(words: Sequence[str], start: Barrier, environment: Mapping[str, str]) -> None:
    os.environ.update(environment)
    sys.argv = ["course", *words]
    start.wait(timeout=300)
    main()


def course_at_once(several: Sequence[Sequence[str]], **environment: str) -> list[int | None]:
    """Run `course` with each of these words, in this environment; returns the processes' exit codes."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(NEEDED)
    start = context.Barrier(len(several))
    running = [context.Process(target=_run, args=(words, start, environment)) for words in several]
    for process in running:
        process.start()
    for process in running:
        process.join(timeout=500)
    return [process.exitcode for process in running]
