"""Every graded hand-in: the newest as the gradebook has it, with what people gave for it, and the earlier ones as they were graded."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from pydantic import BaseModel, Field
from sqlalchemy import Connection, DateTime, Float, column, inspect, text
from sqlalchemy.orm import Session

from staff.accept import TABLE_NAME as ACCEPTED
from staff.accept import Decision, applied, decisions, in_force
from staff.outcomes import CellResult, Outcome, Result

NAME = "course_attempts"
TABLE = f"""CREATE TABLE IF NOT EXISTS {NAME} (
    student VARCHAR(128) NOT NULL, module VARCHAR(64) NOT NULL, submission VARCHAR(64) NOT NULL,
    handed_in VARCHAR(40), result TEXT NOT NULL, PRIMARY KEY (student, module, submission))"""
IN_THE_GRADEBOOK = """SELECT sa.student_id AS student, a.name AS module, sa.timestamp AS handed_in, b.name AS cell,
    g.auto_score AS auto, g.manual_score AS manual, g.extra_credit AS extra, c.max_score AS most
    FROM submitted_assignment sa JOIN assignment a ON sa.assignment_id = a.id
    JOIN submitted_notebook n ON n.assignment_id = sa.id JOIN grade g ON g.notebook_id = n.id
    JOIN base_cell b ON g.cell_id = b.id JOIN grade_cells c ON c.id = b.id"""


class Scored(BaseModel):
    """One graded cell: `score` is None while a person still has to read it."""

    score: float | None
    most: float


class Attempt(BaseModel):
    """One hand-in of one module; without a time it counts as in time."""

    student: str
    module: str
    handed_in: datetime | None = None
    cells: dict[str, Scored] = Field(default_factory=dict)


def keep(database: Session, result: Result, submission: str, handed_in: datetime | None) -> None:
    """Keep a graded hand-in beside earlier ones; the same hand-in graded again takes its own place. The caller commits."""
    when = handed_in.astimezone(UTC).isoformat() if handed_in else None
    values = {"s": result.student, "m": result.module, "h": submission, "t": when, "r": result.model_dump_json()}
    database.execute(text(f"DELETE FROM {NAME} WHERE student = :s AND module = :m AND submission = :h"), values)
    database.execute(text(f"INSERT INTO {NAME} VALUES (:s, :m, :h, :t, :r)"), values)


def read_attempts(connection: Connection, student: str | None = None) -> dict[str, list[Attempt]]:
    """Student -> attempts, oldest first; of one student, or of all."""
    newest, given = _newest(connection, student)
    found: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in [*_earlier(connection, given, student), *newest]:
        found[attempt.student].append(attempt)
    first = datetime.min.replace(tzinfo=UTC)
    return {student: sorted(attempts, key=lambda attempt: attempt.handed_in or first) for student, attempts in found.items()}


Given = dict[tuple[str, str, str], float]  # student, module, cell -> what a person gave


def _newest(connection: Connection, student: str | None) -> tuple[list[Attempt], Given]:
    typed = text(IN_THE_GRADEBOOK + (" WHERE sa.student_id = :s" if student else "")).columns(
        column("student"), column("module"), column("handed_in", DateTime), column("cell"),
        column("auto", Float), column("manual", Float), column("extra", Float), column("most", Float),
    )  # fmt: skip
    found: dict[tuple[str, str], Attempt] = {}
    given: Given = {}
    for row in connection.execute(typed, {"s": student} if student else {}):
        when = row.handed_in.replace(tzinfo=UTC) if row.handed_in else None
        attempt = found.setdefault((row.student, row.module), Attempt(student=row.student, module=row.module, handed_in=when))
        score = row.auto if row.manual is None else row.manual
        attempt.cells[row.cell] = Scored(score=None if score is None else score + (row.extra or 0.0), most=row.most)
        if row.manual is not None:
            given[row.student, row.module, row.cell] = row.manual + (row.extra or 0.0)
    return list(found.values()), given


def _earlier(connection: Connection, given: Given, student: str | None) -> list[Attempt]:
    """What was graded before the newest hand-in, with the disputed tests that were accepted since."""
    if not inspect(connection).has_table(NAME):
        return []
    query = (
        f"SELECT a.module, a.handed_in, a.result FROM {NAME} a LEFT JOIN course_results r ON a.student = r.student"
        " AND a.module = r.module AND a.submission = r.submission WHERE r.submission IS NULL"
    )
    rows = connection.execute(text(query + (" AND a.student = :s" if student else "")), {"s": student} if student else {})
    logged = inspect(connection).has_table(ACCEPTED)
    accepted: dict[str, dict[str, Decision]] = {}
    found = []
    for module, handed_in, stored in rows:
        if module not in accepted:
            accepted[module] = in_force(decisions(connection, module)) if logged else {}
        result = applied(Result.model_validate_json(stored), accepted[module])
        when = datetime.fromisoformat(handed_in) if handed_in else None
        cells = {cell.grade_id: _scored(cell, given.get((result.student, module, cell.grade_id))) for cell in result.cells}
        found.append(Attempt(student=result.student, module=module, handed_in=when, cells=cells))
    return found


def _scored(cell: CellResult, by_person: float | None) -> Scored:
    """What a person gave for an answer stands for every attempt that has one; the judge's scores are the attempt's own."""
    return Scored(score=by_person if cell.outcome is Outcome.MANUAL else cell.score, most=cell.max_score)
