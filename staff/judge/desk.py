"""Where one submission after the other is graded: a sandbox, and the master's setup names beside it. One process holds one."""

from __future__ import annotations

import resource
import time
from typing import Any

from helpers.checkpoints import CheckpointError
from helpers.compare import WRITTEN_TO
from staff.config import CourseError
from staff.engine import cell_result, ungraded
from staff.intake import Submission
from staff.judge.inside.isolation import Limits, data_size
from staff.judge.remote import AnswerError
from staff.judge.sandbox import Sandbox
from staff.judge.session import LOST, Seconds, Session, setup_imports, setup_namespace
from staff.judge.trial import Tried
from staff.master import Master, MasterCell, constant_messages
from staff.outcomes import CellResult, Outcome, Result, one_line

OWN_MEMORY = 2 * 2**30  # bytes that the judge itself may take for the values of a submission


class Desk:
    """Grades in the process that made it. Raises CourseError where no sandbox can be had, and what a setup cell raises."""

    def __init__(self, master: Master, seconds: Seconds, limits: Limits) -> None:
        self.master, self.seconds, self.limits = master, seconds, limits
        self.modules = setup_imports(master)
        self.sandbox = Sandbox(limits, self.modules)
        self.setup: dict[str, Any] = setup_namespace(master)
        resource.setrlimit(resource.RLIMIT_DATA, (data_size() + OWN_MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))

    def grade(self, submission: Submission) -> Result:
        """One Result, whatever the submission does; a sandbox that is gone is replaced for the next."""
        began = time.monotonic()
        try:
            tried = Session(self.sandbox, self.master, self.setup, submission, self.seconds).grade()
        except CourseError:
            self.sandbox.close()
            self.sandbox = Sandbox(self.limits, self.modules)
            return ungraded(self.master, submission, Outcome.CRASHED, LOST.message)
        cells = [_result(self.master, cell, ended) for cell, ended in tried]
        seconds = time.monotonic() - began
        return Result(student=submission.student, module=submission.module, findings=list(submission.findings), cells=cells, seconds=seconds)


def _result(master: Master, cell: MasterCell, tried: Tried) -> CellResult:
    score = cell.points if tried.outcome is Outcome.PASSED else 0.0
    return cell_result(cell, tried.outcome, score, told(master, cell, tried))


def told(master: Master, cell: MasterCell, tried: Tried) -> str:
    """What the student may read: of a hidden test only its constant messages, of anything else no secret; one line, printable."""
    if tried.outcome in (Outcome.PASSED, Outcome.NOT_ATTEMPTED, Outcome.MANUAL):
        return tried.message
    message = one_line(tried.message[:600])
    kind = "an exception" if tried.kind == AnswerError.__name__ else tried.kind
    if kind == CheckpointError.__name__ and not tried.own:
        return message  # names the file and its tensors, which are the student's own
    if cell.role == "hidden" and kind:
        if kind == "AssertionError" and not tried.own:
            constant = tried.message in constant_messages(cell.source) or tried.message == WRITTEN_TO
            return message if constant else "a hidden test failed"
        return f"in a hidden test your code raised {kind}" if tried.own else f"a hidden test stopped with {kind}"
    if any(secret in message for secret in master.secrets):
        return "a hidden test failed"
    if tried.own:
        return f"your code raised {kind}: {message}"
    return f"{kind}: {message}" if kind not in ("", "AssertionError") else message
