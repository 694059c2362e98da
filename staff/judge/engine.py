"""The judge as an engine: warm workers over the submissions, results in the order in which they are done."""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from multiprocessing import connection

import torch

from staff.config import Course, CourseError
from staff.engine import Readable, ungraded
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

    def grade(self, master: Master, submissions: Iterable[Submission]) -> Iterator[Result]:
        """One Result per submission. Raises CourseError only where no sandbox can be had or the setup cells fail."""
        yield from Pool(master, Readable(master, submissions), self.workers, self.seconds, self.limits).results()


class Worker:
    """A forked process with a sandbox of its own, and the pipe to it. It is sent a submission and answers with a Result as JSON."""

    def __init__(self, pool: Pool) -> None:
        context = mp.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=pool.work, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.submission: Submission | None = None
        self.ready = False
        self.until = time.monotonic() + START

    def give(self, submission: Submission, seconds: float) -> None:
        """Outputs stay behind: they are for feedback alone."""
        self.submission, self.until = submission, time.monotonic() + seconds
        with contextlib.suppress(OSError):  # it died: the next look at the pipe says so
            self.pipe.send(replace(submission, outputs={}))

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """Hands the submissions to the workers, one each at a time. A worker that dies or hangs loses only the submission it had.

    Submissions are read while others are graded, a few ahead, so that memory does not grow with their number.
    """

    def __init__(self, master: Master, readable: Readable, workers: int, seconds: Seconds, limits: Limits) -> None:
        self.master, self.readable, self.count, self.seconds, self.limits = master, readable, workers, seconds, limits
        self.waiting: deque[Submission] = deque()
        self.workers: list[Worker] = []
        self.stillborn = 0  # workers that died before they were ready

    def results(self) -> Iterator[Result]:
        torch.set_num_threads(1)
        try:
            self._read_ahead()
            self.workers = [Worker(self) for _ in self.waiting]
            yield from self.readable.results()
            while self.waiting or any(worker.submission is not None for worker in self.workers):
                heard = connection.wait([worker.pipe for worker in self.workers], POLL)
                for worker in list(self.workers):
                    yield from self._hear(worker, worker.pipe in heard)
                self._read_ahead()
                yield from self.readable.results()
        finally:
            for worker in self.workers:
                worker.end()

    def _read_ahead(self) -> None:
        """Have a submission at hand for every worker, as long as there are any."""
        self.waiting.extend(islice(self.readable, self.count - len(self.waiting)))

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
            worker.ready, worker.submission = True, None
        if worker.ready and worker.submission is None and self.waiting:
            worker.give(self.waiting.popleft(), self.seconds.submission + OVERTIME)
        elif (worker.submission is not None or not worker.ready) and time.monotonic() > worker.until:
            yield from self._replace(worker)
        if said and said != READY:  # it works on the next one while this one is recorded
            yield Result.model_validate_json(said)

    def _replace(self, worker: Worker) -> Iterator[Result]:
        """A new worker for one that died; the submission that it had is `crashed`."""
        worker.end()
        self.workers.remove(worker)
        self.stillborn += not worker.ready
        if self.stillborn > MAX_STILLBORN:
            raise CourseError("the grading processes end before they begin; is there enough memory? Try `--workers 1`")
        if worker.submission is not None:
            yield ungraded(self.master, worker.submission, Outcome.CRASHED, LOST.message)
        self._read_ahead()
        if self.waiting:
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
                submission: Submission = pipe.recv()  # pickled by this program for itself; what comes back is JSON
            except (EOFError, OSError):
                return
            pipe.send_bytes(desk.grade(submission).model_dump_json().encode())
