"""`make bench`: the judge against stock nbgrader, in one run, on the same submissions; and both on the whole answer bank."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest
from rich.console import Console
from rich.table import Table

from staff.judge.engine import JudgeEngine
from staff.stock import StockEngine
from tests.bench.memory import memory, most, watched
from tests.engines import MODULES, bank, course_folder, hand_in_bank

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]
console = Console()


def test_twenty_submissions_judge_against_stock(tmp_path: Path) -> None:
    course, master = course_folder(tmp_path, "m3_flows")
    submissions = hand_in_bank(tmp_path, master, list(range(20)))
    began = time.perf_counter()
    with watched(psutil.Process(), 0.3, memory) as judge_memory:
        judged = list(JudgeEngine(course).grade(master, submissions))
    judge = time.perf_counter() - began
    judge_largest, judge_all = most(judge_memory, "largest"), most(judge_memory, "together")
    own = sum(result.seconds for result in judged) / len(judged)
    console.print(f"judge: {judge:.1f} s, largest process {judge_largest:.0f} MiB, all {judge_all:.0f} MiB")
    stock, began = [], time.perf_counter()
    with watched(psutil.Process(), 0.3, memory) as stock_memory:
        for result in StockEngine(course, tmp_path, workers=1, whole=True).grade(master, submissions):
            stock.append(result)
            console.print(f"stock: {len(stock)} of 20 after {time.perf_counter() - began:.0f} s")
    nbgrader = time.perf_counter() - began
    stock_largest, stock_all = most(stock_memory, "largest"), most(stock_memory, "together")
    table = Table("20 submissions of module 3", "judge, two workers", "stock nbgrader", "ratio")
    table.add_row("wall seconds, start included", f"{judge:.1f}", f"{nbgrader:.1f}", f"{nbgrader / judge:.1f}")
    table.add_row("wall seconds per submission", f"{judge / 20:.2f}", f"{nbgrader / 20:.2f}", f"{nbgrader / judge:.1f}")
    table.add_row("seconds of work per submission", f"{own:.2f}", f"{nbgrader / 20:.2f}", f"{nbgrader / 20 / own:.1f}")
    table.add_row("largest process, MiB", f"{judge_largest:.0f}", f"{stock_largest:.0f}", "")
    table.add_row("all processes, MiB", f"{judge_all:.0f}", f"{stock_all:.0f}", "")
    console.print(table)
    assert len(judged) == len(stock) == 20
    assert nbgrader / judge >= 20, "at least 20 times faster than stock"
    assert judge_all <= 2048, "2 GiB for all processes with two workers"


@pytest.mark.parametrize("module", MODULES)
def test_both_engines_agree_on_the_whole_bank(module: str, tmp_path: Path) -> None:
    course, master = course_folder(tmp_path, module)
    answers = bank(module)
    count = max(len(known) for known in answers.values())
    submissions = hand_in_bank(tmp_path, master, list(range(count)))
    judge, stock = (
        {(result.student, cell.grade_id): cell.score for result in engine.grade(master, submissions) for cell in result.cells}
        for engine in (JudgeEngine(course), StockEngine(course, tmp_path, submission_seconds=1800))
    )
    told = [f"{student}, {cell}: judge {judge[student, cell]:g}, stock {stock.get((student, cell))}" for student, cell in judge]
    differing = [line for line, key in zip(told, judge, strict=True) if judge[key] != stock.get(key)]
    console.print(
        f"{module}: {sum(len(known) for known in answers.values())} answers in {count} notebooks, {len(judge)} scores, {len(differing)} differ"
    )
    assert not differing, "\n".join(differing)
