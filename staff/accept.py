"""Disputed tests: an accepted one counts as passed for everybody who answered it. Decisions are kept for ever, with who and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from staff.outcomes import CellResult, Outcome, Result

TABLE_NAME = "course_accepted"
TABLE = """CREATE TABLE IF NOT EXISTS course_accepted (
    number INTEGER PRIMARY KEY, module VARCHAR(64) NOT NULL, grade_id VARCHAR(128) NOT NULL,
    accepted INTEGER NOT NULL, who VARCHAR(128) NOT NULL, why TEXT NOT NULL, at VARCHAR(32) NOT NULL)"""
KEPT = {Outcome.PASSED, Outcome.NOT_ATTEMPTED, Outcome.MANUAL}  # a test that is accepted changes nothing about these


class Decision(BaseModel):
    """One line of the log: from `at` on the test counts as passed, or no longer."""

    module: str
    grade_id: str
    accepted: bool
    who: str
    why: str
    at: datetime


def decisions(database: Session | Connection, module: str) -> list[Decision]:
    """The log of a module, oldest first."""
    database.execute(text(TABLE))
    query = text("SELECT module, grade_id, accepted, who, why, at FROM course_accepted WHERE module = :m ORDER BY number")
    return [Decision.model_validate(dict(row._mapping)) for row in database.execute(query, {"m": module})]


def decide(database: Session, decision: Decision) -> None:
    """Add a line to the log; the caller commits."""
    values = {**decision.model_dump(exclude={"at", "accepted"}), "accepted": int(decision.accepted), "at": decision.at.isoformat()}
    columns = "module, grade_id, accepted, who, why, at"
    number = "(SELECT COALESCE(MAX(number), 0) + 1 FROM course_accepted)"
    query = f"INSERT INTO course_accepted (number, {columns}) SELECT {number}, :module, :grade_id, :accepted, :who, :why, :at"
    database.execute(text(query), values)


def in_force(log: list[Decision]) -> dict[str, Decision]:
    """Grade id -> the decision by which its test counts as passed now."""
    last = {decision.grade_id: decision for decision in log}
    return {name: decision for name, decision in last.items() if decision.accepted}


def applied(result: Result, accepted: dict[str, Decision]) -> Result:
    """The result with the accepted tests passed, where an answer was given; the judge's own word stays in the record."""
    return result.model_copy(update={"cells": [_applied(cell, accepted.get(cell.grade_id)) for cell in result.cells]})


def _applied(cell: CellResult, decision: Decision | None) -> CellResult:
    if decision is None or cell.outcome in KEPT:
        return cell
    said = f"accepted for everybody: {decision.why}"
    return replace(cell, outcome=Outcome.PASSED, score=cell.max_score, message=said)
