"""A small course in a folder, with a gradebook that nbgrader's own code made and filled."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from nbgrader.api import Gradebook

from staff.attempts import Attempt
from staff.config import Course, load_course
from staff.notebook import write_text
from staff.work import by_hand
from tests.staff.class_of import COURSE, FULL


def write_course(root: Path, gradebook: Path | None = None) -> Course:
    """Write course.yml into `root`, and copy an empty gradebook there."""
    write_text(root / "course.yml", COURSE)
    if gradebook:
        shutil.copyfile(gradebook, root / "gradebook.db")
    return load_course(root)


def fill(root: Path, attempts: Sequence[Attempt], students: Sequence[str] = ()) -> None:
    """Put hand-ins into the gradebook of `root`, as autograding and formgrader leave them."""
    course = load_course(root)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", course.id) as gradebook, gradebook.db.no_autoflush:
        for module in course.modules:
            if module.tasks:
                gradebook.update_or_create_assignment(module.id)
                gradebook.update_or_create_notebook(module.id, module.id)
                for name, most in FULL.items():
                    kind = "markdown" if "reflect" in name else "code"
                    gradebook.update_or_create_grade_cell(f"{module.key}-{name}", module.id, module.id, max_score=most, cell_type=kind)
        for student in [*students, *(attempt.student for attempt in attempts)]:
            gradebook.update_or_create_student(student)
        for attempt in attempts:
            _hand_in(gradebook, attempt)
        gradebook.db.commit()


def _hand_in(gradebook: Gradebook, attempt: Attempt) -> None:
    when = attempt.handed_in.replace(tzinfo=None) if attempt.handed_in else None
    gradebook.update_or_create_submission(attempt.module, attempt.student, timestamp=when)
    for grade in gradebook.find_submission_notebook(attempt.module, attempt.module, attempt.student).grades:
        score = attempt.cells[grade.name].score
        if by_hand(grade.name):
            grade.manual_score, grade.needs_manual_grade = score, score is None
        else:
            grade.auto_score, grade.needs_manual_grade = score, False
