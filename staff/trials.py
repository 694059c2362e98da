"""Runs answers against tests in one warmed process that forks for each answer: a fresh namespace, a hard time limit, no notebook.

`python -m staff.trials PLAN.json` is that process: it runs the setup cells once, torch's import among them, then forks a child per trial and prints
one line of JSON as each ends. A child that hangs is killed, one that dies is `crashed`; neither touches the others.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from staff.config import CourseError
from staff.notebook import write_text
from staff.outcomes import Outcome

COUNTER = "_assertions_run_"


class Cell(BaseModel):
    """A code cell: what messages call it, and its source."""

    name: str
    source: str


class Trial(BaseModel):
    """Solution cells to run in order (one that raises is skipped), then the graded test cells one by one."""

    key: str
    solutions: list[Cell]
    tests: list[Cell]


class Plan(BaseModel):
    setup: list[Cell]
    trials: list[Trial]
    workers: int
    seconds: float


class Graded(BaseModel):
    grade_id: str
    outcome: Outcome
    message: str = ""
    assertions: int = 0


class Trialled(BaseModel):
    """How a trial ended: the solution cells that raised (name -> error) and one result per test cell."""

    key: str
    raised: dict[str, str] = {}
    tests: list[Graded] = []
    seconds: float = 0.0


def run_trials(plan: Plan, on_trial: Callable[[Trialled], None] = lambda trialled: None) -> dict[str, Trialled]:
    """Run a plan in a fresh process; `on_trial` hears of each trial as it ends. Raises CourseError when the setup cells fail."""
    done: dict[str, Trialled] = {}
    with tempfile.TemporaryDirectory(prefix="course-trials-") as folder:
        path = Path(folder) / "plan.json"
        write_text(path, plan.model_dump_json())
        here = str(Path(__file__).resolve().parent.parent)
        # One thread an answer: the answers themselves run side by side.
        paths = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
        environment = {
            **os.environ,
            "PYTHONPATH": paths,
            "COURSE_BUDGET": "smoke",
            "MPLBACKEND": "Agg",
            "CUDA_VISIBLE_DEVICES": "",
            "OMP_NUM_THREADS": "1",
        }
        with open(Path(folder) / "stderr", "w+", encoding="utf-8") as errors:
            command = [sys.executable, "-m", "staff.trials", str(path)]
            with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True) as server:
                try:
                    for line in server.stdout or ():
                        trialled = Trialled.model_validate_json(line)
                        done[trialled.key] = trialled
                        on_trial(trialled)
                except BaseException:
                    server.terminate()
                    raise
            errors.seek(0)
            if server.returncode:
                raise CourseError(f"the answers could not be run: {errors.read().strip()[-2000:]}")
    return done


def counted(source: str, name: str) -> types.CodeType:
    """The compiled cell with a count before every assertion; line numbers stay."""

    class Counter(ast.NodeTransformer):
        def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
            count = ast.parse(f"{COUNTER}.append(1)").body[0]
            for part in ast.walk(count):
                ast.copy_location(part, node)
            return [count, node]

    return compile(Counter().visit(ast.parse(source)), name, "exec")


def run_test(cell: Cell, namespace: dict[str, Any]) -> Graded:
    """Run one graded cell in the answers' namespace."""
    count: list[int] = []
    namespace[COUNTER] = count
    outcome, message = Outcome.PASSED, ""
    try:
        exec(counted(cell.source, cell.name), namespace)
    except AssertionError as error:
        outcome, message = Outcome.FAILED, str(error)
    except NotImplementedError as error:
        outcome, message = Outcome.NOT_ATTEMPTED, str(error)
    except MemoryError as error:
        outcome, message = Outcome.MEMORY, str(error)
    except BaseException as error:
        outcome, message = Outcome.ERROR, f"{type(error).__name__}: {error}"
    return Graded(grade_id=cell.name, outcome=outcome, message=message.strip()[:300], assertions=len(count))


def _child(trial: Trial, namespace: dict[str, Any], link: Connection) -> None:
    """In the fork: the solutions, then the tests, each reported as it ends so that a kill loses only the rest."""
    _silence()
    before = set(sys.modules)
    for cell in trial.solutions:
        try:
            exec(compile(cell.source, cell.name, "exec"), namespace)
        except BaseException as error:
            link.send(("raised", cell.name, f"{type(error).__name__}: {error}"[:300]))
    for cell in trial.tests:
        link.send(("test", run_test(cell, namespace).model_dump_json()))
    link.send(("end", [name for name in sys.modules if name not in before]))
    os._exit(0)


def warm(modules: list[str]) -> None:
    """Import here what a fork had to import (torch.func brings in seconds' worth of them), so that the next forks have it."""
    for name in modules:
        if name not in sys.modules:
            with contextlib.suppress(Exception):  # names that only exist at run time
                importlib.import_module(name)


def _silence() -> None:
    """Answers may print; nobody reads it."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)


@dataclass
class Running:
    """A trial in its fork."""

    trial: Trial
    process: BaseProcess
    link: Connection
    began: float
    result: Trialled

    def finish(self, rest: Outcome, message: str) -> Trialled:
        """End the fork; tests it did not report have the outcome `rest`."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.link.close()
        reported = {test.grade_id for test in self.result.tests}
        self.result.tests += [Graded(grade_id=c.name, outcome=rest, message=message) for c in self.trial.tests if c.name not in reported]
        self.result.seconds = round(time.perf_counter() - self.began, 3)
        return self.result

    def receive(self) -> bool:
        """Take one message; whether the trial has ended."""
        try:
            message = self.link.recv()
        except EOFError:
            return True
        if message[0] == "raised":
            self.result.raised[message[1]] = message[2]
        elif message[0] == "test":
            self.result.tests.append(Graded.model_validate_json(message[1]))
        elif message[0] == "end":
            warm(message[1])
        return bool(message[0] == "end")


def _start(trial: Trial, namespace: dict[str, Any]) -> Running:
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(trial, namespace, theirs), daemon=True)
    process.start()
    theirs.close()
    return Running(trial, process, ours, time.perf_counter(), Trialled(key=trial.key))


def serve(plan: Plan, namespace: dict[str, Any]) -> Iterator[Trialled]:
    """All trials, `plan.workers` at a time, yielded as they end."""
    waiting = list(plan.trials)
    running: list[Running] = []
    while waiting or running:
        while waiting and len(running) < plan.workers:
            running.append(_start(waiting.pop(0), namespace))
        ready = wait([item.link for item in running], timeout=0.2)
        for item in list(running):
            overdue = time.perf_counter() - item.began > plan.seconds
            if item.link in ready and item.receive():
                yield item.finish(Outcome.CRASHED, "the process ended without a word")
            elif overdue:
                yield item.finish(Outcome.TIMEOUT, f"stopped after {plan.seconds:g} s")
            else:
                continue
            running.remove(item)


def main(path: str) -> int:
    """The warmed process: results go to the real standard output, everything else that prints goes nowhere."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    plan = Plan.model_validate(json.loads(Path(path).read_text(encoding="utf-8")))
    notebook = types.ModuleType("notebook")
    sys.modules["notebook"] = notebook  # so that classes of the cells know where they live
    namespace = vars(notebook)
    for cell in plan.setup:
        try:
            exec(compile(cell.source, cell.name, "exec"), namespace)
        except Exception:
            print(f"setup cell {cell.name} raised {traceback.format_exc(limit=-1)}", file=sys.stderr)
            return 1
    for trialled in serve(plan, namespace):
        out.write(trialled.model_dump_json() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
