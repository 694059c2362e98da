"""A grading process that is fed from outside: a Job on the first line of its input, then one Parcel a line; a Result a line comes back.

    python -m staff.judge.station

`Station` is such a process seen from the one that feeds it. It ends when its input ends, so it does not outlive its feeder.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TextIO

import torch

from staff.judge.desk import Desk
from staff.judge.parcel import Job, Parcel
from staff.record import grader_mark

START = 300.0  # seconds in which a station is ready
OVERTIME = 60.0  # seconds after a submission's time in which it must have been graded


class StationError(Exception):
    """The process could not begin: its own words."""


class StationLost(Exception):
    """The process ended, or did not answer, with a submission in its hands."""


class Station:
    """One process; not shared between threads."""

    def __init__(self, job: str) -> None:
        self.seconds = Job.model_validate_json(job).seconds.submission
        command = [sys.executable, "-m", "staff.judge.station"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            said = self._ask(job, START)
        except StationLost:
            said = "the grading process ended before it began"
        if said != "ready":
            self.close()
            raise StationError(said)

    def grade(self, parcel: str) -> str:
        """The Result as JSON. Raises StationLost, after which there is no process any more."""
        try:
            return self._ask(parcel, self.seconds + OVERTIME)
        except StationLost:
            self.close()
            raise

    def close(self) -> None:
        self.process.kill()
        self.process.wait()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def _ask(self, line: str, seconds: float) -> str:
        assert self.process.stdin is not None and "\n" not in line
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self.lines.get(timeout=seconds)
        except (OSError, queue.Empty):
            answer = ""
        if not answer:
            raise StationLost
        return str(json.loads(answer))


def main() -> None:
    """Serve until the input ends. What answers or tests print goes nowhere."""
    torch.set_num_threads(1)
    out = sys.stdout
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(None):
        try:
            desk = _desk(Job.model_validate_json(sys.stdin.readline()), Path(folder))
        except Exception as error:
            _say(out, str(error) or type(error).__name__)
            return
        _say(out, "ready")
        for line in sys.stdin:
            with tempfile.TemporaryDirectory() as place:
                result = desk.grade(Parcel.model_validate_json(line).submission(Path(place)))
            _say(out, result.model_dump_json())


def _desk(job: Job, folder: Path) -> Desk:
    master = job.master(folder)
    if grader_mark(master) != job.mark:
        raise StationError("its checkout of the course is not the sender's: update both to the same commit")
    return Desk(master, job.seconds, job.limits)


def _say(out: TextIO, text: str) -> None:
    out.write(json.dumps(text) + "\n")
    out.flush()


if __name__ == "__main__":
    main()
