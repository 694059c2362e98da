"""What every grading engine is: submissions in, one result each out. The stock engine and the judge sit behind this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from staff.intake import Master, Submission
from staff.master import MasterCell
from staff.outcomes import CellResult, Outcome, Result


@dataclass(frozen=True)
class Change:
    """A score that grading again gave differently."""

    student: str
    grade_id: str
    before: float
    after: float


def changes_between(before: Result | None, after: Result) -> list[Change]:
    """The scores of a submission that differ; none where it had no result before."""
    if before is None:
        return []
    scores = {cell.grade_id: cell.score for cell in before.cells}
    return [
        Change(after.student, cell.grade_id, scores.get(cell.grade_id, 0.0), cell.score)
        for cell in after.cells
        if scores.get(cell.grade_id, 0.0) != cell.score
    ]


@dataclass
class Graded:
    """What `course autograde` did: all results, who was graded now, and what that changed."""

    results: list[Result]
    graded: list[str]
    kept: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)  # kept, but an older state of the tests or of the judge graded them
    changes: list[Change] = field(default_factory=list)


class Engine(Protocol):
    """Grades one module. `grade` yields exactly one Result per submission, in any order, and raises for none of them."""

    name: str

    def grade(self, master: Master, submissions: Iterable[Submission]) -> Iterator[Result]: ...


READ = "read by a person"  # the message of a cell graded by hand that has its points


def waits(cell: CellResult) -> bool:
    """Whether a person still has to read the answer."""
    return cell.outcome is Outcome.MANUAL and cell.message != READ


def is_attempted(master: Master, submission: Submission, cell: MasterCell) -> bool:
    """Whether any answer that a graded cell is about was filled in."""
    answers = master.answers_of(cell)
    return not answers or any(submission.attempted.get(answer.label or "", False) for answer in answers)


def cell_result(cell: MasterCell, outcome: Outcome, score: float = 0.0, message: str = "") -> CellResult:
    return CellResult(grade_id=cell.label or cell.id, task=cell.task, outcome=outcome, score=score, max_score=cell.points, message=message)


def ungraded(master: Master, submission: Submission, outcome: Outcome, message: str = "", seconds: float = 0.0) -> Result:
    """The result of a submission that was not run to its end: 0 points, `outcome` where something was attempted."""
    cells = []
    for cell in master.graded:
        attempted = submission.notebook is not None and is_attempted(master, submission, cell)
        by_hand = attempted and cell.solution
        kind = Outcome.MANUAL if by_hand else outcome if attempted else Outcome.NOT_ATTEMPTED
        cells.append(cell_result(cell, kind, message=message if attempted and not by_hand else ""))
    return Result(student=submission.student, module=submission.module, findings=list(submission.findings), cells=cells, seconds=seconds)


class Readable:
    """Those of the submissions that have a notebook, read no sooner than they are asked for; the others have their results in `done` at once."""

    def __init__(self, master: Master, submissions: Iterable[Submission]) -> None:
        self.master, self.left, self.done = master, iter(submissions), list[Result]()

    def __iter__(self) -> Iterator[Submission]:
        return self

    def __next__(self) -> Submission:
        for submission in self.left:
            if submission.notebook is not None:
                return submission
            self.done.append(ungraded(self.master, submission, Outcome.NOT_ATTEMPTED))
        raise StopIteration

    def results(self) -> list[Result]:
        """What has come of those without a notebook since the last time."""
        done, self.done = self.done, []
        return done
