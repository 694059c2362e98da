"""Grading with the judge: what needs grading, the engine, and the one writer that records each result as it comes."""

from __future__ import annotations

from collections.abc import Callable
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
from staff.record import Mark, Record, grader_mark, open_record, submission_mark

UNPROTECTED = "graded without a sandbox (--sandbox none): the student's code ran with the grader's rights; a person should look"


def judge(
    course: Course,
    root: Path,
    master: Master,
    submissions: list[Submission],
    progress: Callable[[int, int, str], None] = lambda done, total, what: None,
    *,
    workers: int = 2,
    regrade: bool = False,
    sandbox: bool = True,
    scheduler: str | None = None,
) -> Graded:
    """Grade what has no result yet, and with `regrade` also what the tests or the judge have changed under.

    Results are recorded one by one: a killed run goes on where it was. Raises CourseError where no sandbox can be had.
    """
    graders = grader_mark(master)
    marks = {submission.student: Mark(submission_mark(submission), graders) for submission in submissions}
    with open_record(course, root, master) as record:
        known = {student: entry for student, entry in record.known().items() if student in marks}
        outdated = [s for s, (mark, _) in known.items() if mark.submission == marks[s].submission and mark.graders != graders]
        wanted = [s for s in submissions if s.student not in known or known[s.student][0].submission != marks[s.student].submission]
        wanted += [s for s in submissions if regrade and s.student in outdated]
        results = {student: record.counted(result) for student, (_, result) in known.items()}
        changes: list[Change] = []
        engine = _engine(course, workers, Limits(isolated=sandbox), scheduler, graders)
        by_student = {submission.student: submission for submission in wanted}
        for result in engine.grade(master, wanted):
            if not sandbox:
                result.findings.append(Finding(kind=FindingKind.ENVIRONMENT, message=UNPROTECTED))
            counted = record.counted(result)
            changes += changes_between(results.get(result.student), counted)
            _keep(root, master, record, by_student[result.student], result, marks[result.student])
            results[result.student] = counted
            progress(len(results) - len(known) + len(set(known) & set(by_student)), len(wanted), result.student)
    kept = sorted(set(results) - set(by_student))
    ordered = sorted(results.values(), key=lambda result: result.student)
    changes.sort(key=lambda change: (change.student, change.grade_id))
    return Graded(ordered, sorted(by_student), kept, sorted(set(outdated) - set(by_student)), changes)


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
    """What formgrader shows: the student's answers with the outputs that were handed in (sanitised), the tests with what came of them."""
    notebook = submission.notebook
    assert notebook is not None
    outcomes = {cell.grade_id: cell for cell in result.cells}
    restore(notebook, {cell.id: cell.source for cell in notebook.cells if cell.cell_type == "code"}, submission)
    sources = {cell.id: cell for cell in master.cells}
    for cell in notebook.cells:
        known = sources.get(cell.id)
        if known is None or not known.graded or known.solution or known.label not in outcomes:
            continue
        cell.source, cell.outputs = known.source, []
        ended = outcomes[known.label]
        if ended.outcome is not Outcome.PASSED:
            said = ended.message or ended.outcome.value
            cell.outputs = [new_output("error", ename=ended.outcome.value, evalue=said, traceback=[f"{ended.outcome.value}: {said}"])]
    return notebook
