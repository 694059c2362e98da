"""The judge and stock nbgrader give the same scores to the same answers (a sample here; the whole bank in tests/bench)."""

from __future__ import annotations

from pathlib import Path

from staff.judge.engine import JudgeEngine
from staff.stock import StockEngine
from tests.engines import course_folder, hand_in_bank

SAMPLE = [0, 3, 9, 20]  # students whose four answers are variants, and mutants of several kinds


def test_both_engines_give_equal_scores(tmp_path: Path) -> None:
    course, master = course_folder(tmp_path, "m3_flows")
    submissions = hand_in_bank(tmp_path, master, SAMPLE)
    judged = {result.student: {cell.grade_id: cell.score for cell in result.cells} for result in JudgeEngine(course).grade(master, submissions)}
    stock = {
        result.student: {cell.grade_id: cell.score for cell in result.cells} for result in StockEngine(course, tmp_path).grade(master, submissions)
    }
    assert len(judged) == len(SAMPLE)
    assert judged == stock
    assert len({sum(scores.values()) for scores in judged.values()}) > 1, "the sample should hold right and wrong answers"
