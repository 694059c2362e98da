"""A class of the tiny course that is handed in, and what grading left of it in whatever database holds the gradebook."""

from __future__ import annotations

import copy
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from staff.database import database_url
from staff.notebook import write_notebook
from tests.staff.tiny import ANSWERS, tiny_notebook, write_tiny

WRONG = [{}, {"E1": "mutant_first"}, {"D1": "mutant_detached"}]  # 8, 6 and 5 points
GRADES = text("""SELECT s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade
    FROM grade g
    JOIN submitted_notebook n ON g.notebook_id = n.id JOIN submitted_assignment s ON n.assignment_id = s.id
    JOIN base_cell c ON g.cell_id = c.id""")
RESULTS = text("SELECT student, module, submission, graders FROM course_results")


def hand_in(root: Path, student: str, answers: dict[str, str] | None = None) -> None:
    """Hand in the solved notebook, with these answers (task -> name in the bank) in the place of the right ones."""
    notebook = copy.deepcopy(tiny_notebook())
    for task, name in (answers or {}).items():
        for cell in notebook.cells:
            if cell.id == f"m1-{task}-code":
                cell.source = ANSWERS[f"{task}/{name}"]
    write_notebook(root / "submitted" / student / "m1_tiny" / "m1_tiny.ipynb", notebook)


def write_class(root: Path, count: int) -> None:
    """The tiny course, with the hand-ins of student0 and so on, each third one with the same mistake."""
    write_tiny(root)
    for number in range(count):
        hand_in(root, f"student{number}", WRONG[number % len(WRONG)])


def rows(root: Path) -> list[tuple]:
    """Everything that a run leaves in the gradebook, without ids and times."""
    with create_engine(database_url(root), poolclass=NullPool).connect() as base:
        grades, results = ([tuple(row) for row in base.execute(query)] for query in (GRADES, RESULTS))
    return sorted(grades, key=str) + sorted(results)
