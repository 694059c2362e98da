"""What grading ends in: one outcome per graded cell, findings per file, one result per submission."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel
from pydantic.dataclasses import dataclass

from staff.config import Module, Tier, tier_of


class Outcome(StrEnum):
    """How one graded cell ended. Exactly one per cell; never a silent blank."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    NOT_ATTEMPTED = "not attempted"
    MANUAL = "by hand"  # a reflection or an A+B solution: a person grades it


class FindingKind(StrEnum):
    """What is odd about a submission as a file. A finding never takes points away by itself."""

    MALFORMED = "malformed"
    TAMPERED = "tampered"
    LATE = "late"
    ENVIRONMENT = "environment"
    REPAIRED = "repaired"


def one_line(text: str) -> str:
    """Text that a terminal shows as it is: names of files and errors may hold escape codes."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


class Finding(BaseModel):
    kind: FindingKind
    message: Annotated[str, AfterValidator(one_line)]


@dataclass(slots=True)
class CellResult:
    """Kept small: a run holds one for each graded cell of each submission."""

    grade_id: str
    task: str
    outcome: Outcome
    score: float
    max_score: float
    message: str = ""


class Result(BaseModel):
    """One submission, graded."""

    student: str
    module: str
    findings: list[Finding] = []
    cells: list[CellResult] = []
    seconds: float = 0.0

    @property
    def score(self) -> float:
        return sum(cell.score for cell in self.cells)

    @property
    def max_score(self) -> float:
        return sum(cell.max_score for cell in self.cells)

    def passed(self, task: str) -> bool:
        """Whether every automatically graded cell of the task passed (and there is one)."""
        automatic = [cell for cell in self.cells if cell.task == task and cell.outcome is not Outcome.MANUAL]
        return bool(automatic) and all(cell.outcome is Outcome.PASSED for cell in automatic)

    def tier(self, module: Module) -> Tier | None:
        """The highest of E and D whose core tasks all pass, from automatic grading alone; late work reaches none."""
        if any(finding.kind is FindingKind.LATE for finding in self.findings):
            return None
        core = [name for name, task in module.tasks.items() if task.kind == "core"]
        if not all(self.passed(name) for name in core if tier_of(name) is Tier.E):
            return None
        return Tier.D if all(self.passed(name) for name in core if tier_of(name) is Tier.D) else Tier.E
