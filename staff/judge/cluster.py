"""The judge on a Dask cluster: each worker keeps grading processes of its own, submissions go out as JSON and results come back so."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import nbformat
from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin, as_completed, get_worker

from staff.config import Course, CourseError
from staff.engine import Readable, ungraded
from staff.intake import Submission
from staff.judge.inside.isolation import Limits
from staff.judge.parcel import Job, Parcel
from staff.judge.session import LOST, Seconds
from staff.judge.station import Station, StationError, StationLost
from staff.master import Master
from staff.outcomes import Outcome, Result

CONNECT = 30  # seconds in which the scheduler must answer
AHEAD = 3  # submissions for each thread that lie with the cluster at once
NOBODY = "dask scheduler {address}: {reason}; start one with `dask scheduler`, and workers with `dask worker {address}` in this course's environment"


class Stations(WorkerPlugin):
    """On each Dask worker: as many grading processes as it has threads, begun when they are needed."""

    name = "course-stations"

    def __init__(self, job: str) -> None:
        self.job = job

    def setup(self, worker: Worker) -> None:
        self.idle: queue.SimpleQueue[Station | None] = queue.SimpleQueue()
        for _ in range(worker.state.nthreads):
            self.idle.put(None)

    def teardown(self, worker: Worker) -> None:
        """End the idle ones; one that is grading ends with its worker."""
        with contextlib.suppress(queue.Empty):
            while True:
                station = self.idle.get_nowait()
                if station is not None:
                    station.close()

    def grade(self, parcel: str) -> str:
        """The Result as JSON. Raises StationError, StationLost."""
        station = self.idle.get()
        try:
            station = station or Station(self.job)
            return station.grade(parcel)
        except StationLost:
            station = None
            raise
        finally:
            self.idle.put(station)


def graded(parcel: str) -> str:
    """On a Dask worker: grade one submission."""
    stations: Any = get_worker().plugins[Stations.name]
    return str(stations.grade(parcel))


class ClusterEngine:
    """Grades on the workers of a Dask scheduler; a worker that dies gives its submissions back, and another one has them."""

    name = "judge"

    def __init__(self, course: Course, address: str, mark: str, seconds: Seconds | None = None, limits: Limits | None = None) -> None:
        self.course, self.address, self.mark = course, address, mark
        self.seconds, self.limits = seconds or Seconds(), limits or Limits()

    def grade(self, master: Master, submissions: Iterable[Submission]) -> Iterator[Result]:
        """One Result per submission. Raises CourseError where no scheduler or worker is there, or where none of them can grade."""
        readable = Readable(master, submissions)
        first = list(islice(readable, 1))
        yield from readable.results()
        if not first:
            return
        with self._client() as client:
            client.register_plugin(Stations(self._job(master)))
            yield from self._results(client, master, readable, chain(first, readable))

    def _client(self) -> Client:
        try:
            client = Client(self.address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(NOBODY.format(address=self.address, reason=str(error) or "no answer")) from None
        if not client.scheduler_info()["workers"]:
            client.close()
            raise CourseError(NOBODY.format(address=self.address, reason="it has no workers"))
        return client

    def _job(self, master: Master) -> str:
        source = nbformat.writes(master.notebook, version=nbformat.NO_CONVERT)
        job = Job(course=self.course, module=master.module.id, source=source, mark=self.mark, seconds=self.seconds, limits=self.limits)
        return job.model_dump_json()

    def _results(self, client: Client, master: Master, readable: Readable, left: Iterator[Submission]) -> Iterator[Result]:
        """Submissions are sent a few at a time, so that neither side holds all of them."""
        sent = dict[Any, Submission]()
        threads = sum(client.nthreads().values())

        def send(count: int) -> list[Future]:
            futures = []
            for submission in islice(left, count):
                future = client.submit(graded, Parcel.of(submission).model_dump_json(), pure=False)
                sent[future.key] = submission
                futures.append(future)
            return futures

        done = as_completed(send(AHEAD * threads), loop=client.loop)
        for future in done:
            yield self._result(master, sent.pop(future.key), future)
            done.update(send(1))
            yield from readable.results()

    def _result(self, master: Master, submission: Submission, future: Future) -> Result:
        try:
            return Result.model_validate_json(future.result())
        except (StationLost, KilledWorker):
            return ungraded(master, submission, Outcome.CRASHED, LOST.message)
        except StationError as error:
            raise CourseError(f"dask worker of {self.address}: {error}") from None
