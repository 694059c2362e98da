"""What happened in each graded cell, read from the notebook that stock nbgrader executed."""

from __future__ import annotations

import builtins
import re
from typing import Any

from nbformat import NotebookNode

from staff.engine import READ, cell_result, is_attempted
from staff.intake import Master, Submission
from staff.master import MasterCell, constant_messages
from staff.outcomes import CellResult, Finding, FindingKind, Outcome, Result

STOPPED = {"KeyboardInterrupt", "CellTimeoutError"}
MESSAGE_LENGTH = 600
CELL_FILE = re.compile(r"\b\d+\.py, line")  # how IPython names a cell
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def read_outcomes(master: Master, submission: Submission, executed: dict[str, NotebookNode], scores: dict[str, Any]) -> Result:
    """One outcome per graded cell. Stock counts output on stderr as failure; where only that happened, a finding says so."""
    findings = list(submission.findings)
    cells = []
    for cell in master.graded:
        result, is_noise = _outcome(master, submission, cell, executed, scores)
        cells.append(result)
        if is_noise:
            message = f"{cell.label}: no test failed, but the cell wrote to stderr, which stock nbgrader counts as failure; a person should look"
            findings.append(Finding(kind=FindingKind.ENVIRONMENT, message=message))
    return Result(student=submission.student, module=submission.module, findings=findings, cells=cells)


def _outcome(
    master: Master, submission: Submission, cell: MasterCell, executed: dict[str, NotebookNode], scores: dict[str, Any]
) -> tuple[CellResult, bool]:
    label = cell.label or ""
    score = float(scores.get(label, {}).get("score") or 0.0)
    attempted = is_attempted(master, submission, cell)
    if cell.solution:
        is_read = attempted and scores.get(label, {}).get("by_hand", False)
        return cell_result(cell, Outcome.MANUAL if attempted else Outcome.NOT_ATTEMPTED, score, READ if is_read else ""), False
    ran = executed.get(label)
    if ran is None or (ran.get("execution_count") is None and not ran.get("outputs")):
        outcome = Outcome.CRASHED if attempted else Outcome.NOT_ATTEMPTED
        return cell_result(cell, outcome, message="the cell was not run" if attempted else ""), False
    error = _error(ran)
    if error is None and score >= cell.points:
        return cell_result(cell, Outcome.PASSED, score), False
    if not attempted:
        return cell_result(cell, Outcome.NOT_ATTEMPTED, score), False
    if error is None:
        is_noise = any(output.output_type == "stream" and output.name == "stderr" for output in ran.outputs)
        return cell_result(cell, Outcome.FAILED, score, "the cell wrote to the error stream" if is_noise else "part of the points"), is_noise
    cause = _cause(master, cell, executed)
    stopped = {error.ename, cause.ename if cause else ""} & STOPPED
    kind = Outcome.TIMEOUT if stopped else Outcome.MEMORY if _is_memory(error) or _is_memory(cause) else Outcome.ERROR
    if kind is Outcome.ERROR and error.ename == "AssertionError":
        kind = Outcome.FAILED
    return cell_result(cell, kind, score, _message(master, cell, error, cause)), False


def _is_memory(error: NotebookNode | None) -> bool:
    """Out of memory, in Python's words or in torch's."""
    return error is not None and (error.ename in ("MemoryError", "OutOfMemoryError") or "can't allocate memory" in error.evalue)


def _error(ran: NotebookNode) -> NotebookNode | None:
    return next((output for output in ran.get("outputs", []) if output.output_type == "error"), None)


def _cause(master: Master, cell: MasterCell, executed: dict[str, NotebookNode]) -> NotebookNode | None:
    """The error of the answer cell itself, where that did not run to its end."""
    errors = (_error(executed[answer.label]) for answer in master.answers_of(cell) if answer.label in executed)
    return next((error for error in errors if error is not None), None)


def _message(master: Master, cell: MasterCell, error: NotebookNode, cause: NotebookNode | None) -> str:
    """For a visible check its own text; for a hidden test only a constant message of the master, else the kind of exception."""
    if cause is not None:
        return f"your answer cell did not run to its end: {_clean(cause.ename)}: {_clean(cause.evalue)}" if _is_safe(master, cause) else _kind(cause)
    if cell.role == "hidden":
        is_constant = error.ename == "AssertionError" and error.evalue in constant_messages(cell.source)
        return str(error.evalue) if is_constant else _kind(error)
    if not _is_safe(master, error):
        return _kind(error)
    return _clean(error.evalue) if error.ename == "AssertionError" and error.evalue else f"{_clean(error.ename)}: {_clean(error.evalue)}"


def _is_safe(master: Master, error: NotebookNode) -> bool:
    text = f"{error.ename} {error.evalue}"
    return not any(secret in text for secret in master.secrets)


def _kind(error: NotebookNode) -> str:
    """The exception's type alone; a type of the student's own could carry a value in its name."""
    if error.ename == "AssertionError":
        return "a hidden test failed"
    known = isinstance(getattr(builtins, error.ename, None), type)
    return f"the test stopped with {error.ename}" if known else "the test stopped with an exception"


def _clean(text: str) -> str:
    plain = CELL_FILE.sub("line", COLOUR.sub("", str(text)))
    return plain.strip()[:MESSAGE_LENGTH]
