"""The one writer: grades go into nbgrader's gradebook, a transaction per submission, beside what they were computed from.

`course_results` (in the same database) keeps each submission's Result and its fingerprint; so a killed run resumes
where it was, a second run grades only what changed, and a change of scores can be shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from nbgrader.api import Comment, Grade, Gradebook, SubmittedNotebook
from nbgrader.utils import compute_checksum
from sqlalchemy import text

from staff.accept import Decision, applied, decide, decisions, in_force
from staff.attempts import TABLE as ATTEMPTS
from staff.attempts import keep
from staff.config import Course
from staff.database import database_url, make_gradebook, turn
from staff.engine import Change, changes_between
from staff.folder import CHECKPOINT_BYTES
from staff.intake import Submission
from staff.master import Master
from staff.outcomes import CellResult, Outcome, Result

TABLE = """CREATE TABLE IF NOT EXISTS course_results (
    student VARCHAR(128) NOT NULL, module VARCHAR(64) NOT NULL,
    submission VARCHAR(64) NOT NULL, graders VARCHAR(64) NOT NULL, result TEXT NOT NULL,
    PRIMARY KEY (student, module))"""
GRADED_WITH = ("judge", "engine.py", "intake.py", "master.py", "outcomes.py", "repair.py")


@dataclass(frozen=True)
class Mark:
    """What a result was computed from: the hash of the submission, and the hash of the tests and of the code that graded."""

    submission: str
    graders: str


def grader_mark(master: Master) -> str:
    """Changes when the master, the judge's code or `helpers` changes."""
    staff = Path(__file__).parent
    digest = hashlib.sha256()
    for name in GRADED_WITH:
        for path in sorted((staff / name).rglob("*.py")) if (staff / name).is_dir() else [staff / name]:
            digest.update(path.read_bytes())
    for path in sorted((staff.parent / "helpers").glob("*.py")):
        digest.update(path.read_bytes())
    for cell in master.cells:
        digest.update(f"{cell.id}\0{cell.source}\0{cell.points}\0".encode())
    return digest.hexdigest()


def submission_mark(submission: Submission) -> str:
    """Changes when the answers, the checkpoints, the findings or the time of the hand-in change."""
    digest = hashlib.sha256(f"{submission.handed_in}".encode())
    for label, filled in sorted(submission.attempted.items()):
        digest.update(f"{label}\0{filled}\0".encode())
    for cell in submission.notebook.cells if submission.notebook else []:
        if not cell.metadata.get("nbgrader", {}).get("locked"):
            digest.update(f"{cell.get('id')}\0{cell.source}\0".encode("utf-8", "replace"))
    for entry in submission.checkpoints:
        digest.update(f"{entry.name}\0".encode())
        digest.update(hashlib.sha256(entry.read(CHECKPOINT_BYTES) or b"").digest())
    for finding in submission.findings:
        digest.update(f"{finding.kind}\0{finding.message}\0".encode("utf-8", "replace"))
    return digest.hexdigest()


class Record:
    """The gradebook, opened for one module by the process that writes."""

    def __init__(self, course: Course, root: Path, master: Master, gradebook: Gradebook) -> None:
        self.root, self.master, self.module, self.gradebook = root, master, master.module.id, gradebook
        with turn(root):
            self._begin(course)

    def _begin(self, course: Course) -> None:
        gradebook = self.gradebook
        gradebook.db.execute(text(TABLE))
        gradebook.db.execute(text(ATTEMPTS))
        self.log = decisions(gradebook.db, self.module)
        gradebook.db.commit()
        due = course.due(self.master.module)
        gradebook.update_or_create_assignment(self.module, duedate=due.astimezone(UTC).replace(tzinfo=None) if due else None)
        gradebook.update_or_create_notebook(self.module, self.module)
        self._cells()

    def _cells(self) -> None:
        """Let the gradebook know the master's cells. Cells that are gone keep their rows: grades are never thrown away."""
        for cell, row in zip(self.master.notebook.cells, self.master.cells, strict=True):
            if not row.label:
                continue
            if row.graded:
                self.gradebook.update_or_create_grade_cell(row.label, self.module, self.module, max_score=row.points, cell_type=row.kind)
            if row.solution:
                self.gradebook.update_or_create_solution_cell(row.label, self.module, self.module)
            source = {"source": cell.source, "checksum": compute_checksum(cell), "cell_type": row.kind, "locked": row.locked or row.graded}
            self.gradebook.update_or_create_source_cell(row.label, self.module, self.module, **source)

    def counted(self, result: Result) -> Result:
        """The result as it counts: with what was accepted for everybody."""
        return applied(result, in_force(self.log))

    def known(self) -> dict[str, tuple[Mark, Result]]:
        """Student -> what was graded, and the result."""
        query = text("SELECT student, submission, graders, result FROM course_results WHERE module = :m")
        rows = self.gradebook.db.execute(query, {"m": self.module})
        return {student: (Mark(submission, graders), Result.model_validate_json(result)) for student, submission, graders, result in rows}

    def save(self, submission: Submission, result: Result, mark: Mark) -> None:
        """Scores, comments and the result itself, in one transaction. Manual scores and comments stay."""
        with turn(self.root), self.gradebook.db.no_autoflush:  # nbgrader's own code warns without it
            self.gradebook.db.rollback()  # what another grader has written meanwhile is seen
            self._save(submission, result, mark)

    def _save(self, submission: Submission, result: Result, mark: Mark) -> None:
        self.gradebook.update_or_create_student(result.student)
        when = submission.handed_in.astimezone(UTC).replace(tzinfo=None) if submission.handed_in else None
        self.gradebook.update_or_create_submission(self.module, result.student, timestamp=when)
        notebook = self.gradebook.find_submission_notebook(self.module, self.module, result.student)
        self._complete(notebook)
        self._put(notebook, self.counted(result))
        for comment in notebook.comments:
            attempted = submission.attempted.get(comment.name, True)
            comment.auto_comment = None if attempted else "No response."
        values = {"s": result.student, "m": self.module, "h": mark.submission, "g": mark.graders, "r": result.model_dump_json()}
        self.gradebook.db.execute(text("DELETE FROM course_results WHERE student = :s AND module = :m"), values)
        self.gradebook.db.execute(text("INSERT INTO course_results VALUES (:s, :m, :h, :g, :r)"), values)
        keep(self.gradebook.db, result, mark.submission, submission.handed_in)
        self.gradebook.db.commit()

    def _put(self, notebook: SubmittedNotebook, result: Result) -> None:
        scores = {cell.grade_id: cell for cell in result.cells}
        for grade in notebook.grades:
            if grade.name in scores:
                _score(grade, scores[grade.name])

    def decide(self, decision: Decision) -> list[Change]:
        """Log that a test counts as passed for everybody, or no longer, and put it into the grades: one transaction."""
        with turn(self.root):
            return self._decide(decision)

    def _decide(self, decision: Decision) -> list[Change]:
        results = {student: result for student, (_, result) in self.known().items()}
        before = {student: self.counted(result) for student, result in results.items()}
        decide(self.gradebook.db, decision)
        self.log = [*self.log, decision]
        changes: list[Change] = []
        for student, result in sorted(results.items()):
            now = self.counted(result)
            changes += changes_between(before[student], now)
            self._put(self.gradebook.find_submission_notebook(self.module, self.module, student), now)
        self.gradebook.db.commit()
        return changes

    def _complete(self, notebook: SubmittedNotebook) -> None:
        """Rows for cells that the module got after this student's first submission."""
        has = {grade.name for grade in notebook.grades} | {f"c {comment.name}" for comment in notebook.comments}
        for cell in notebook.notebook.grade_cells:
            if cell.name not in has:
                notebook.grades.append(Grade(cell_id=cell.id, notebook=notebook))
        for cell in notebook.notebook.solution_cells:
            if f"c {cell.name}" not in has:
                notebook.comments.append(Comment(cell_id=cell.id, notebook=notebook))
        self.gradebook.db.flush()


def _score(grade: Grade, cell: CellResult) -> None:
    """As nbgrader does: a person's score stands, and is shown for review when the automatic one changed under it."""
    auto = None if cell.outcome is Outcome.MANUAL else cell.score
    changed = grade.auto_score != auto
    grade.auto_score = auto
    if auto is None:
        grade.needs_manual_grade = grade.manual_score is None
    else:
        grade.needs_manual_grade = grade.manual_score is not None and (changed or grade.needs_manual_grade)


@contextmanager
def open_record(course: Course, root: Path, master: Master) -> Iterator[Record]:
    """The gradebook of the course in `root`, created where there is none."""
    make_gradebook(course, root)
    with Gradebook(database_url(root), course.id) as gradebook:
        yield Record(course, root, master, gradebook)
