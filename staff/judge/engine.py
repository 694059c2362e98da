"""The judge as an engine: warm workers over the submissions, results in the order in which they are done."""

from __future__ import annotations

import multiprocessing as mp
import queue
import time
from collections.abc import Iterator, Sequence
from multiprocessing.process import BaseProcess
from typing import Any

import torch

from staff.config import Course, CourseError
from staff.engine import cell_result, ungraded
from staff.intake import Submission
from staff.judge.sandbox import Sandbox
from staff.judge.session import Seconds, Session, setup_namespace
from staff.judge.trial import Tried
from staff.master import Master, MasterCell, constant_messages
from staff.outcomes import Outcome, Result

POLL = 1.0  # seconds between two looks whether the workers are alive


class JudgeEngine:
    """Grades in `workers` processes, each with a sandbox of its own."""

    name = "judge"

    def __init__(self, course: Course, workers: int = 2, seconds: Seconds | None = None) -> None:
        self.course, self.workers, self.seconds = course, workers, seconds or Seconds()

    def grade(self, master: Master, submissions: Sequence[Submission]) -> Iterator[Result]:
        """One Result per submission. Raises CourseError only where no sandbox can be had or the setup cells fail."""
        readable = [submission for submission in submissions if submission.notebook is not None]
        yield from (ungraded(master, submission, Outcome.NOT_ATTEMPTED) for submission in submissions if submission.notebook is None)
        if readable:
            yield from Pool(master, readable, min(self.workers, len(readable)), self.seconds).results()


class Pool:
    """Forked workers that take submissions by their number. One that dies loses only the submission it had."""

    def __init__(self, master: Master, submissions: list[Submission], workers: int, seconds: Seconds) -> None:
        self.master, self.submissions, self.count, self.seconds = master, submissions, workers, seconds
        self.context = mp.get_context("fork")
        self.orders: Any = self.context.Queue()
        self.answers: Any = self.context.Queue()
        self.taken: dict[int, int] = {}  # worker -> submission
        self.workers: dict[int, BaseProcess] = {}

    def results(self) -> Iterator[Result]:
        torch.set_num_threads(1)
        for number in range(len(self.submissions)):
            self.orders.put(number)
        try:
            for number in range(self.count):
                self._hire(number)
            left = set(range(len(self.submissions)))
            while left:
                for number, result in self._news():
                    if number in left:
                        left.discard(number)
                        yield result
        finally:
            for worker in self.workers.values():
                worker.terminate()
            for worker in self.workers.values():
                worker.join()

    def _hire(self, number: int) -> None:
        worker = self.context.Process(target=self._work, args=(number,), daemon=True)
        worker.start()
        self.workers[number] = worker

    def _news(self) -> Iterator[tuple[int, Result]]:
        try:
            kind, worker, value = self.answers.get(timeout=POLL)
        except queue.Empty:
            yield from self._dead()
            return
        if kind == "took":
            self.taken[worker] = value
        elif kind == "failed":
            raise CourseError(value)
        else:
            number = self.taken.pop(worker)
            yield number, Result.model_validate_json(value)

    def _dead(self) -> Iterator[tuple[int, Result]]:
        """Replace workers that died; the submission that one had is `crashed`."""
        for worker, process in list(self.workers.items()):
            if process.is_alive():
                continue
            number = self.taken.pop(worker, None)
            if number is not None:
                yield number, ungraded(self.master, self.submissions[number], Outcome.CRASHED, "the grading process ended; a person should look")
            self._hire(worker)

    def _work(self, worker: int) -> None:
        """In a worker: a sandbox, the master's setup names, then one submission after the other."""
        try:
            sandbox = Sandbox()
            setup = setup_namespace(self.master)
        except Exception as error:
            self.answers.put(("failed", worker, str(error)))
            return
        while True:
            number = self.orders.get()
            self.answers.put(("took", worker, number))
            self.answers.put(("done", worker, self._one(sandbox, setup, self.submissions[number]).model_dump_json()))

    def _one(self, sandbox: Sandbox, setup: dict[str, Any], submission: Submission) -> Result:
        began = time.monotonic()
        session = Session(sandbox, self.master, setup, submission, self.seconds)
        cells = [_result(self.master, cell, tried) for cell, tried in session.grade()]
        return Result(
            student=submission.student, module=submission.module, findings=list(submission.findings), cells=cells, seconds=time.monotonic() - began
        )


def _result(master: Master, cell: MasterCell, tried: Tried) -> Any:
    score = cell.points if tried.outcome is Outcome.PASSED else 0.0
    return cell_result(cell, tried.outcome, score, told(master, cell, tried))


def told(master: Master, cell: MasterCell, tried: Tried) -> str:
    """What the student may read: of a hidden test only its constant messages, of anything else no secret."""
    if tried.outcome in (Outcome.PASSED, Outcome.NOT_ATTEMPTED, Outcome.MANUAL):
        return ""
    message = tried.message[:600]
    if cell.role == "hidden" and tried.kind:
        if tried.kind == "AssertionError":
            return message if message in constant_messages(cell.source) else "a hidden test failed"
        return f"the test stopped with {tried.kind}"
    if any(secret in message for secret in master.secrets):
        return "a hidden test failed"
    return f"{tried.kind}: {message}" if tried.kind not in ("", "AssertionError") else message
