"""The judge as an engine: warm workers over the submissions, results in the order in which they are done."""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import time
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing import connection

import torch

from staff.config import Course, CourseError
from staff.engine import ungraded
from staff.intake import Submission
from staff.judge.desk import Desk
from staff.judge.inside.isolation import Limits, die_with_parent
from staff.judge.session import LOST, Seconds
from staff.master import Master
from staff.outcomes import Outcome, Result

POLL = 1.0  # seconds between two looks whether a worker hangs
START = 180.0  # seconds in which a worker is ready
OVERTIME = 60.0  # seconds after a submission's time in which its worker must have ended it
MAX_STILLBORN = 3
READY, FAILED = b"ready", b"failed:"


class JudgeEngine:
    """Grades in `workers` processes, each with a sandbox of its own."""

    name = "judge"

    def __init__(self, course: Course, workers: int = 2, seconds: Seconds | None = None, limits: Limits | None = None) -> None:
        self.course, self.workers, self.seconds, self.limits = course, workers, seconds or Seconds(), limits or Limits()

    def grade(self, master: Master, submissions: Sequence[Submission]) -> Iterator[Result]:
        """One Result per submission. Raises CourseError only where no sandbox can be had or the setup cells fail."""
        readable = [submission for submission in submissions if submission.notebook is not None]
        yield from (ungraded(master, submission, Outcome.NOT_ATTEMPTED) for submission in submissions if submission.notebook is None)
        if readable:
            yield from Pool(master, readable, min(self.workers, len(readable)), self.seconds, self.limits).results()


class Worker:
    """A forked process with a sandbox of its own, and the pipe to it. It is told a submission's number and answers with a Result as JSON."""

    def __init__(self, pool: Pool) -> None:
        context = mp.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=pool.work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.number: int | None = None
        self.ready = False
        self.until = time.monotonic() + START

    def give(self, number: int, seconds: float) -> None:
        self.number, self.until = number, time.monotonic() + seconds
        with contextlib.suppress(OSError):  # it died: the next look at the pipe says so
            self.pipe.send_bytes(str(number).encode())

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """Hands the submissions to the workers, one each at a time. A worker that dies or hangs loses only the submission it had."""

    def __init__(self, master: Master, submissions: list[Submission], workers: int, seconds: Seconds, limits: Limits) -> None:
        self.master, self.submissions, self.count, self.seconds, self.limits = master, submissions, workers, seconds, limits
        self.left = deque(range(len(submissions)))
        self.workers: list[Worker] = []
        self.stillborn = 0  # workers that died before they were ready

    def results(self) -> Iterator[Result]:
        torch.set_num_threads(1)
        try:
            self.workers = [Worker(self) for _ in range(self.count)]
            while self.left or any(worker.number is not None for worker in self.workers):
                heard = connection.wait([worker.pipe for worker in self.workers], POLL)
                for worker in list(self.workers):
                    yield from self._hear(worker, worker.pipe in heard)
        finally:
            for worker in self.workers:
                worker.end()

    def _hear(self, worker: Worker, spoke: bool) -> Iterator[Result]:
        """What a worker has to say: ready, a result, that it can't work, or, by its pipe's end, that it is no more."""
        try:
            said = worker.pipe.recv_bytes() if spoke else b""
        except (EOFError, OSError):
            yield from self._replace(worker)
            return
        if said.startswith(FAILED):
            raise CourseError(said[len(FAILED) :].decode())
        if said:
            worker.ready, worker.number = True, None
            if said != READY:
                yield Result.model_validate_json(said)
        if worker.ready and worker.number is None and self.left:
            worker.give(self.left.popleft(), self.seconds.submission + OVERTIME)
        elif (worker.number is not None or not worker.ready) and time.monotonic() > worker.until:
            yield from self._replace(worker)

    def _replace(self, worker: Worker) -> Iterator[Result]:
        """A new worker for one that died; the submission that it had is `crashed`."""
        worker.end()
        self.workers.remove(worker)
        self.stillborn += not worker.ready
        if self.stillborn > MAX_STILLBORN:
            raise CourseError("the grading processes end before they begin; is there enough memory? Try `--workers 1`")
        if worker.number is not None:
            yield ungraded(self.master, self.submissions[worker.number], Outcome.CRASHED, LOST.message)
        if self.left:
            self.workers.append(Worker(self))

    def work(self, pipe: connection.Connection) -> None:
        """In a worker: a sandbox, the master's setup names, then one submission after the other."""
        die_with_parent()
        try:
            desk = Desk(self.master, self.seconds, self.limits)
        except Exception as error:
            pipe.send_bytes(FAILED + str(error).encode())
            return
        pipe.send_bytes(READY)
        while True:
            try:
                number = int(pipe.recv_bytes())
            except (EOFError, OSError):
                return
            pipe.send_bytes(desk.grade(self.submissions[number]).model_dump_json().encode())
