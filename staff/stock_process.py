"""A worker process that runs stock nbgrader, seen from outside: start, ask with a time limit, kill, start again."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from staff.config import Course
from staff.notebook import STUB

LAST_CELL = "last-cell"  # the file in which the worker notes the cell that is running
WORKER = Path(__file__).with_name("stock_worker.py")


class WorkerGone(Exception):
    """The worker did not answer; `timeout` says whether it was stopped for taking too long."""

    def __init__(self, timeout: bool) -> None:
        super().__init__("timeout" if timeout else "died")
        self.timeout = timeout


def worker_environment(root: Path) -> dict[str, str]:
    """The smoke budget, no display, one thread each, no bars or warnings (stock counts stderr of a test cell as failure)."""
    spec = importlib.util.find_spec("helpers")
    helpers = root if (root / "helpers").is_dir() else Path(spec.origin).parent.parent if spec and spec.origin else root
    quiet = {"TQDM_DISABLE": "1", "PYTHONWARNINGS": "ignore", "PYTHONDONTWRITEBYTECODE": "1"}
    threads = {name: "1" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, **quiet, **threads, "COURSE_BUDGET": "smoke", "MPLBACKEND": "Agg", "PATH": path, "PYTHONPATH": str(helpers)}


def worker_settings(course: Course, root: Path, stage: Path, cell_seconds: int) -> dict[str, Any]:
    """nbgrader's configuration: the course's gradebook, and folders in a temporary place. `timeout` waits for the other writer."""
    ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__"]
    return {
        "CourseDirectory": {"course_id": course.id, "root": str(stage), "db_url": f"sqlite:///{root / 'gradebook.db'}?timeout=60", "ignore": ignore},
        "ClearSolutions": {"code_stub": {"python": STUB}},
        "ExecutePreprocessor": {"timeout": cell_seconds},
        "Exchange": {"root": str(stage / "exchange")},
    }


class Worker:
    """One process with one nbgrader in it. Not shared between threads."""

    def __init__(self, settings: dict[str, Any], environment: dict[str, str], log: Path) -> None:
        self._settings, self._environment, self._log = settings, environment, log
        self._process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        """Start the process; its imports run while the caller goes on."""
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                env=self._environment, text=True, start_new_session=True,
            )  # fmt: skip
        self._send(self._settings)

    def ask(self, command: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Send a command and wait for its answer. Raises WorkerGone, and is ready for the next command then."""
        assert self._process is not None and self._process.stdout is not None
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self._kill()

        timer = threading.Timer(seconds, expire)
        timer.start()
        try:
            self._send(command)
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        try:
            answer: dict[str, Any] = json.loads(line)
            return answer
        except ValueError:
            self.stop()
            self.start()
            raise WorkerGone(expired.is_set()) from None

    def stop(self) -> None:
        """End the process and what it started."""
        if self._process is None:
            return
        self._kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process = None

    def last_words(self) -> str:
        return self._log.read_text(errors="replace")[-2000:] if self._log.exists() else ""

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process is not None and self._process.stdin is not None
        with contextlib.suppress(OSError):  # a dead worker shows when its answer is read
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()

    def _kill(self) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
