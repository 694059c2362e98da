"""The `grades` section of course.yml: dates of the examination, and one named switch for each thing the memo leaves open."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from staff.moments import Moment, Strict

Share = Annotated[float, Field(gt=0, le=1)]


class Reexam(Strict):
    """Re-exam period 1: what is done from `opens` to `closes` may still lift Fx and E to B."""

    request_by: Moment
    opens: Moment
    closes: Moment

    @model_validator(mode="after")
    def _in_order(self) -> Reexam:
        if not self.opens.order < self.closes.order or self.request_by.order > self.closes.order:
            raise ValueError("opens < closes and request_by <= closes is needed")
        return self


class GradeRules(Strict):
    """Defaults are the memo's letter, and where it is silent the reading that docs/grades.md gives reasons for."""

    video_due: Moment | None = None  # without it: when the course ends
    ends: Moment | None = None  # without it: Sunday night of the last exam week
    reexam: Reexam | None = None  # without it nothing can be renewed
    problems_for_b: Annotated[int, Field(ge=1)] = 1
    problems_for_a: Annotated[int, Field(ge=1)] = 3
    oral_retakes: Annotated[int, Field(ge=0)] = 1
    d_tasks_that_may_be_missing: Annotated[int, Field(ge=0)] = 0
    problems_may_share_a_notebook: bool = True
    fx_notebook: Literal["any", "on time and disclosed"] = "any"
    fx_shortfalls: Literal["one of each", "one in all"] = "one of each"
    question_answered_from: Share = 0.5
    problem_solved_from: Share = 0.6

    @model_validator(mode="after")
    def _possible(self) -> GradeRules:
        if self.problems_for_a < self.problems_for_b:
            raise ValueError(f"problems_for_a = {self.problems_for_a} is below problems_for_b = {self.problems_for_b}")
        if self.reexam and self.ends and self.reexam.opens.order < self.ends.order:
            raise ValueError("reexam.opens lies before the course ends")
        if self.video_due and self.ends and self.ends.order < self.video_due.order:
            raise ValueError("video_due lies after the course ends")
        return self
