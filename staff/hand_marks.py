"""What people gave in formgrader: points and comments, for the feedback page. The judge's report knows only that a person reads."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from pydantic import Field
from sqlalchemy import text

from staff.config import Course
from staff.database import reading
from staff.engine import READ
from staff.moments import Strict
from staff.outcomes import CellResult, Outcome, Result

WHERE = """FROM submitted_assignment sa JOIN assignment a ON sa.assignment_id = a.id
    JOIN submitted_notebook n ON n.assignment_id = sa.id JOIN {table} x ON x.notebook_id = n.id
    JOIN base_cell b ON x.cell_id = b.id WHERE a.name = :m"""
POINTS = text(
    "SELECT sa.student_id AS student, b.name AS cell, x.manual_score AS points, x.extra_credit AS extra "
    f"{WHERE.format(table='grade')} AND x.manual_score IS NOT NULL"
)
COMMENTS = text(f"SELECT sa.student_id AS student, b.name AS cell, x.manual_comment AS said {WHERE.format(table='comment')}")


class HandMarks(Strict):
    """One student's: cell -> points that a person gave, cell -> what a person wrote."""

    points: dict[str, float] = Field(default_factory=dict)
    comments: dict[str, str] = Field(default_factory=dict)

    def applied(self, result: Result) -> Result:
        """The result with these points."""
        return result.model_copy(update={"cells": [self._cell(cell) for cell in result.cells]})

    def _cell(self, cell: CellResult) -> CellResult:
        if cell.grade_id not in self.points:
            return cell
        said = READ if cell.outcome is Outcome.MANUAL else f"{cell.message}; points by a person".lstrip("; ")
        return replace(cell, score=self.points[cell.grade_id], message=said)


def hand_marks(course: Course, root: Path, module: str) -> dict[str, HandMarks]:
    """Student -> what people gave for the hand-in that is in the gradebook."""
    points: dict[str, dict[str, float]] = defaultdict(dict)
    comments: dict[str, dict[str, str]] = defaultdict(dict)
    with reading(course, root) as connection:
        for row in connection.execute(POINTS, {"m": module}):
            points[row.student][row.cell] = row.points + (row.extra or 0.0)
        for row in connection.execute(COMMENTS, {"m": module}):
            if row.said and row.said.strip():
                comments[row.student][row.cell] = row.said.strip()
    return {student: HandMarks(points=points[student], comments=comments[student]) for student in {*points, *comments}}
