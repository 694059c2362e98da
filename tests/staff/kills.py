"""A grading run that is killed again and again, at moments of every phase, and what must be left of it."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.staff.judged import hand_in
from tests.staff.tiny import ANSWERS, write_tiny

PHASES = ("start", "grading", "recording", "report")


def write_class_of(root: Path, count: int) -> None:
    """The tiny course and `count` hand-ins, each with one answer of the bank."""
    write_tiny(root)
    wrong = [name.split("/") for name in sorted(ANSWERS)]
    for number in range(count):
        task, name = wrong[number % len(wrong)]
        hand_in(root, f"student{number:02}", {task: name})


def command(root: Path) -> subprocess.Popen[bytes]:
    """`course autograde m1`, in a session of its own."""
    call = [sys.executable, "-c", "from staff.cli import main; main()", "autograde", "m1", "--root", str(root)]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)


def finish(root: Path) -> None:
    """Let the command run to its end."""
    process = command(root)
    output, _ = process.communicate(timeout=600)
    assert process.returncode == 0, output.decode()[-3000:]


def recorded(root: Path) -> dict[str, str]:
    """Student -> the recorded result, with its seconds, so that one that was graded again is another."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{root / 'gradebook.db'}?mode=ro", uri=True)) as base:
            return dict(base.execute("SELECT student, result FROM course_results").fetchall())
    except sqlite3.OperationalError:
        return {}


def kept(root: Path) -> int:
    """Gradings that the gradebook knows of, all attempts of all students."""
    with contextlib.closing(sqlite3.connect(f"file:{root / 'gradebook.db'}?mode=ro", uri=True)) as base:
        return int(base.execute("SELECT count(*) FROM course_attempts").fetchone()[0])


def survivors(group: int) -> list[int]:
    """Processes that still belong to a killed command's session."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == group:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@dataclass
class Killer:
    """Kills a run of `count` submissions at random moments; half of the time the whole session, half of the time the command alone."""

    root: Path
    count: int
    random: Random
    startup: float = 4.0  # seconds in which a run begins
    killed: Counter[str] = field(default_factory=Counter)

    def kill(self, phase: str) -> None:
        """One run that is killed in this phase. What is recorded before stays as it was."""
        before = recorded(self.root)
        phase = "report" if phase != "start" and len(before) == self.count else phase
        process = command(self.root)
        try:
            self._wait_for(phase, process, len(before))
        finally:
            with contextlib.suppress(ProcessLookupError):  # it was done before
                os.kill(process.pid, signal.SIGKILL) if self.killed.total() % 2 else os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=60)
        self.killed[phase] += process.returncode == -signal.SIGKILL
        gone_by = time.monotonic() + 10
        while survivors(process.pid) and time.monotonic() < gone_by:
            time.sleep(0.05)
        assert not survivors(process.pid), "something outlived the killed command"
        after = recorded(self.root)
        assert {student: after.get(student) for student in before} == before, "a result was lost, or graded again"

    def _wait_for(self, phase: str, process: subprocess.Popen[bytes], done: int) -> None:
        if phase == "start":
            time.sleep(self.random.random() * self.startup)
        elif phase == "grading":
            aim = min(done + self.random.randint(1, 2), self.count)
            self._until(process, lambda: len(recorded(self.root)) >= aim)
            time.sleep(self.random.random() * 0.1)
        elif phase == "recording":  # the notebook is written first, the grades after it
            written = self._written()
            self._until(process, lambda: self._written() > written)
            time.sleep(self.random.random() * 0.05)
        else:
            self._until(process, lambda: len(recorded(self.root)) >= self.count)
            time.sleep(self.random.random() * (0.4 if done < self.count else self.startup))

    def _written(self) -> float:
        """When the newest graded notebook was written."""
        return max((path.stat().st_mtime for path in self.root.glob("autograded/*/*/*.ipynb")), default=0.0)

    @staticmethod
    def _until(process: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
        while process.poll() is None and not reached():
            time.sleep(0.01)
