"""The stock engine: nbgrader as it is, run over rebuilt notebooks. No submission stops another.

Notebooks are staged into a temporary folder, graded there by worker processes over disjoint students, and end where nbgrader's
formgrader expects them: `gradebook.db` and `autograded/` of the course. Student code runs in nbgrader's kernel, unprotected:
the judge replaces this engine for that reason.
"""

from __future__ import annotations

import copy
import queue
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from staff.config import Course, CourseError
from staff.containment import with_blame, without_culprit
from staff.engine import ungraded
from staff.fast_path import left_out, misses_a_name, restore, without
from staff.intake import Master, Submission
from staff.notebook import grade_id, tags, write_notebook, write_text
from staff.outcomes import Outcome, Result
from staff.stock_outcomes import read_outcomes
from staff.stock_process import LAST_CELL, Worker, WorkerGone, worker_environment, worker_settings

RETRIES = 3  # how many answers may kill the process before the rest is given up
START_SECONDS = 180.0  # the first command waits for nbgrader's imports, which are slow on a busy machine


class StockEngine:
    """Stock nbgrader behind the Engine protocol. `workers` processes run at once over disjoint students."""

    name = "nbgrader"

    def __init__(
        self, course: Course, root: Path, workers: int = 2, *, whole: bool = False,
        cell_seconds: int | None = None, submission_seconds: float | None = None,
    ) -> None:  # fmt: skip
        """`whole`: run every cell, as plain nbgrader does, and not only those that grading needs."""
        self.course, self.root, self.workers, self.whole = course, root.resolve(), workers, whole
        self.cell_seconds = cell_seconds or course.limits.cell_seconds
        self.submission_seconds = submission_seconds or 120 * course.limits.smoke_minutes + 2 * self.cell_seconds

    def grade(self, master: Master, submissions: Sequence[Submission]) -> Iterator[Result]:
        """One Result per submission, as they are done. Raises CourseError only where the master itself can't be used."""
        readable = [submission for submission in submissions if submission.notebook is not None]
        yield from (ungraded(master, submission, Outcome.NOT_ATTEMPTED) for submission in submissions if submission.notebook is None)
        if not readable:
            return
        with tempfile.TemporaryDirectory(prefix="course-autograde-", ignore_cleanup_errors=True) as place:
            workers = [self._worker(Path(place), number) for number in range(min(self.workers, len(readable)))]
            try:
                self._prepare(master, Path(place) / "0", workers[0])
                yield from self._all(master, readable, Path(place), workers)
            finally:
                for worker in workers:
                    worker.stop()

    def _worker(self, place: Path, number: int) -> Worker:
        stage = place / str(number)
        stage.mkdir()
        return Worker(worker_settings(self.course, self.root, stage, self.cell_seconds), worker_environment(self.root), place / f"{number}.log")

    def _prepare(self, master: Master, stage: Path, worker: Worker) -> None:
        """Let the gradebook know the master, by generate_assignment in the temporary folder; the solutions are removed again."""
        module = master.module.id
        write_notebook(stage / "source" / module / f"{module}.ipynb", master.notebook)
        due = self.course.due(master.module)
        moment = due.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if due else None
        try:
            done = worker.ask({"do": "generate", "module": module, "due": moment}, START_SECONDS)
        except WorkerGone as error:
            remedy = "is it installed (pip install -e '.[staff]')?"
            raise CourseError(f"nbgrader could not be started ({error}): {worker.last_words()}; {remedy}") from None
        if "Cannot add or remove cells" in done["log"]:
            raise CourseError(f"source/{module}: its cells changed after submissions were graded, and nbgrader can't change a graded notebook; "
                              "move gradebook.db aside and grade again (manual grades stay in the old file)")  # fmt: skip
        if not done["success"]:
            raise CourseError(f"source/{module}: nbgrader generate_assignment failed: {done['log'][-2000:]}; `course check` names the cell")
        for folder in ("source", "release"):
            shutil.rmtree(stage / folder, ignore_errors=True)

    def _all(self, master: Master, submissions: list[Submission], place: Path, workers: list[Worker]) -> Iterator[Result]:
        """A thread for each worker takes the next submission as soon as it is free."""
        waiting: queue.Queue[Submission] = queue.Queue()
        done: queue.Queue[Result] = queue.Queue()
        for submission in submissions:
            waiting.put(submission)
        stopped = threading.Event()

        def work(worker: Worker, stage: Path) -> None:
            while not stopped.is_set():
                try:
                    submission = waiting.get_nowait()
                except queue.Empty:
                    return
                done.put(self._one(master, submission, stage, worker))

        threads = [threading.Thread(target=work, args=(worker, place / str(n)), daemon=True) for n, worker in enumerate(workers)]
        for thread in threads:
            thread.start()
        try:
            for _ in submissions:
                yield done.get()
        finally:
            stopped.set()

    def _one(self, master: Master, submission: Submission, stage: Path, worker: Worker) -> Result:
        """Grade one submission, whatever happens to it."""
        began = time.monotonic()
        blamed: dict[str, tuple[Outcome, str]] = {}
        try:
            result, less = None, submission
            for _ in range(RETRIES + 1):
                tried = self._try(master, less, stage, worker)
                if isinstance(tried, Result):
                    result = with_blame(master, tried, blamed)
                    break
                reduced = without_culprit(master, less, _last_cell(stage))
                if reduced is None:
                    break
                less = reduced[0]
                blamed |= {label: tried for label in reduced[1]}
            result = result or ungraded(master, submission, *tried)
        except Exception as error:  # one student's trouble stays that student's
            result = ungraded(master, submission, Outcome.CRASHED, f"grading failed: {type(error).__name__}")
        result.seconds = time.monotonic() - began
        return result

    def _try(self, master: Master, submission: Submission, stage: Path, worker: Worker, whole: bool = False) -> Result | tuple[Outcome, str]:
        """One run of nbgrader: the result, or what stopped it. Cells that grading does not need are left out unless `whole`."""
        module, student = submission.module, submission.student
        try:
            (stage / LAST_CELL).unlink(missing_ok=True)
            sources = _stage(submission, stage / "submitted" / student / module, whole or self.whole)
            answer = worker.ask({"do": "autograde", "module": module, "student": student}, self.submission_seconds)
            if not answer["success"]:
                return Outcome.CRASHED, _why(answer["log"])
            graded = stage / "autograded" / student / module
            notebook = nbformat.read(graded / f"{module}.ipynb", as_version=4)
            if not whole and misses_a_name(notebook.cells, sources):
                return self._try(master, submission, stage, worker, whole=True)
            restore(notebook, sources, submission)
            self._keep(notebook, graded, submission)
            executed: dict[str, NotebookNode] = {str(name): cell for cell in notebook.cells if (name := grade_id(cell))}
            return read_outcomes(master, submission, executed, answer["scores"])
        except WorkerGone as gone:
            if gone.timeout:
                return Outcome.TIMEOUT, f"the notebook took longer than {self.submission_seconds:.0f} s"
            return Outcome.CRASHED, "the code ended the grading process"
        finally:
            for step in ("submitted", "autograded"):
                shutil.rmtree(stage / step / student, ignore_errors=True)

    def _keep(self, notebook: NotebookNode, graded: Path, submission: Submission) -> None:
        """Move the executed notebook to where nbgrader's formgrader looks for it."""
        target = self.root / "autograded" / submission.student / submission.module
        shutil.rmtree(target, ignore_errors=True)
        write_notebook(target / f"{submission.module}.ipynb", notebook)
        if (graded / "timestamp.txt").is_file():
            shutil.copyfile(graded / "timestamp.txt", target / "timestamp.txt")


def _stage(submission: Submission, folder: Path, whole: bool) -> dict[str, str]:
    """What stock nbgrader takes for the hand-in: the rebuilt notebook, its checkpoints, its time. Returns the cells left out."""
    assert submission.notebook is not None
    notebook = copy.deepcopy(submission.notebook)
    sources = left_out(notebook)
    if whole:
        sources = {cell.id: cell.source for cell in notebook.cells if "handin" in tags(cell)}
    without(notebook, sources)
    write_notebook(folder / f"{submission.module}.ipynb", notebook)
    submission.write_checkpoints(folder)
    if submission.handed_in:
        write_text(folder / "timestamp.txt", submission.handed_in.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC\n"))
    return sources


def _last_cell(stage: Path) -> str:
    path = stage / LAST_CELL
    return path.read_text(errors="replace") if path.is_file() else ""


def _why(log: str) -> str:
    """What went wrong, in words, from nbgrader's log."""
    if "DeadKernelError" in log or "Kernel died" in log:
        return "the Python process died while the notebook ran (out of memory, or the code ended it)"
    if "UnresponsiveKernelError" in log or "CellTimeoutError" in log:
        return "the notebook did not stop within the time limit"
    lines = [line for line in log.splitlines() if line.strip()]
    return f"nbgrader could not grade the notebook: {lines[-1][:200] if lines else 'no reason given'}"
