"""Grading with the judge: what needs grading, the engine, and the one writer that records each result as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from staff.config import Course
from staff.engine import Change, Engine, Graded, changes_between
from staff.fast_path import restore
from staff.intake import Submission
from staff.judge.engine import JudgeEngine
from staff.judge.inside.isolation import Limits
from staff.master import Master
from staff.notebook import write_notebook
from staff.outcomes import Finding, FindingKind, Outcome, Result
from staff.pages import without_html
from staff.record import Mark, Record, grader_mark, open_record, submission_mark

UNPROTECTED = "graded without a sandbox (--sandbox none): the student's code ran with the grader's rights; a person should look"


def judge(
    course: Course,
    root: Path,
    master: Master,
    submissions: Iterable[Submission],
    progress: Callable[[int, str], None] = lambda done, what: None,
    *,
    workers: int = 2,
    regrade: bool = False,
    sandbox: bool = True,
    scheduler: str | None = None,
) -> Graded:
    """Grade what has no result yet, and with `regrade` also what the tests or the judge have changed under.

    Submissions are asked for as they are needed, and `progress` is told how many of them are done. Results are recorded
    one by one: a killed run goes on where it was. Raises CourseError where no sandbox can be had.
    """
    graders = grader_mark(master)
    with open_record(course, root, master) as record:
        run = Run(record, graders, regrade, record.known())
        for result in _engine(course, workers, Limits(isolated=sandbox), scheduler, graders).grade(master, run.wanted(submissions)):
            if not sandbox:
                result.findings.append(Finding(kind=FindingKind.ENVIRONMENT, message=UNPROTECTED))
            submission, mark = run.waiting.pop(result.student)
            _keep(root, master, record, submission, result, mark)
            run.note(result)
            progress(len(run.results), result.student)
    return run.graded()


@dataclass
class Run:
    """One run of the judge: what is recorded already, what lies with the engine, what has come of it."""

    record: Record
    graders: str
    regrade: bool
    known: dict[str, tuple[Mark, Result]]
    waiting: dict[str, tuple[Submission, Mark]] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def wanted(self, submissions: Iterable[Submission]) -> Iterator[Submission]:
        """Those that are to be graded; of the others the recorded results stand."""
        for submission in submissions:
            student, mark = submission.student, Mark(submission_mark(submission), self.graders)
            before, result = self.known.get(student, (None, None))
            is_new = before is None or before.submission != mark.submission
            if is_new or (self.regrade and before != mark):
                self.waiting[student] = submission, mark
                yield submission
            elif result is not None:
                self.results[student] = self.record.counted(result)
                self.outdated += [student] if before != mark else []

    def note(self, result: Result) -> None:
        """A result that has just been recorded."""
        counted = self.record.counted(result)
        before = self.known.get(result.student)
        self.changes += changes_between(self.record.counted(before[1]) if before else None, counted)
        self.results[result.student] = counted
        self.new.append(result.student)

    def graded(self) -> Graded:
        ordered = sorted(self.results.values(), key=lambda result: result.student)
        changes = sorted(self.changes, key=lambda change: (change.student, change.grade_id))
        return Graded(ordered, sorted(self.new), sorted(set(self.results) - set(self.new)), sorted(self.outdated), changes)


def _engine(course: Course, workers: int, limits: Limits, scheduler: str | None, mark: str) -> Engine:
    """Processes of this machine, or those of a Dask cluster."""
    if scheduler is None:
        return JudgeEngine(course, workers, limits=limits)
    from staff.judge.cluster import ClusterEngine  # takes a second to import

    return ClusterEngine(course, scheduler, mark, limits=limits)


def _keep(root: Path, master: Master, record: Record, submission: Submission, result: Result, mark: Mark) -> None:
    """The notebook first, the grades last: a kill between the two only means that this one is graded again."""
    if submission.notebook is not None:
        write_notebook(root / "autograded" / result.student / result.module / f"{result.module}.ipynb", graded_notebook(master, submission, result))
    record.save(submission, result, mark)


def graded_notebook(master: Master, submission: Submission, result: Result) -> NotebookNode:
    """What formgrader shows: the student's answers and the outputs that were handed in (both without HTML), the tests with what came of them."""
    notebook = submission.notebook
    assert notebook is not None
    outcomes = {cell.grade_id: cell for cell in result.cells}
    restore(notebook, {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}, submission)
    sources = {cell.id: cell for cell in master.cells}
    for cell in notebook.cells:
        known = sources.get(cell.id)
        if known is not None and known.solution and cell.cell_type == "markdown":
            cell.source = without_html(cell.source)
        if known is None or not known.graded or known.solution or known.label not in outcomes:
            continue
        cell.source, cell.outputs = known.source, []
        ended = outcomes[known.label]
        if ended.outcome is not Outcome.PASSED:
            said = ended.message or ended.outcome.value
            cell.outputs = [new_output("error", ename=ended.outcome.value, evalue=said, traceback=[f"{ended.outcome.value}: {said}"])]
    return notebook
