"""`make bench -k growth`: 1, 10, 100 and 1,000 submissions of module 3. COURSE_GROWTH=1,10,30 tries it with other numbers and writes no page."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

import pytest
from rich.console import Console

from staff.config import load_course
from staff.intake import load_master, read_all
from staff.stock import StockEngine
from tests.bench.growing import MODULE, ROTATION, Grown, grow, growth, hand_in_class, keep
from tests.bench.growth_page import ROOT, write_page

pytestmark = [pytest.mark.bench, pytest.mark.timeout(14_400)]
COUNTS = [int(count) for count in os.environ.get("COURSE_GROWTH", "1,10,100,1000").split(",")]
STOCK = [count for count in COUNTS if count <= int(os.environ.get("COURSE_GROWTH_STOCK", "10"))]
MOST = 1.1  # times the tenth's
JUDGED = ("time at equal speed", "work at equal speed", "memory of all processes", "memory of the largest", "memory of the command's own")
console = Console()


def stock_seconds(root: Path, count: int) -> float:
    """Wall seconds per submission of stock nbgrader on the same notebooks."""
    hand_in_class(root, count)
    course = load_course(root)
    master = load_master(course, root, MODULE)
    submissions = read_all(root, master, None)
    began = time.perf_counter()
    assert len(list(StockEngine(course, root, workers=1, whole=True).grade(master, submissions))) == count
    return (time.perf_counter() - began) / count


def told(run: Grown) -> str:
    mib = ", ".join(f"{of} {run.most(of):.0f}" for of in ("together", "largest", "parent"))
    work = statistics.mean(run.work.values())
    return f"{run.count} submissions: {run.wall:.1f} s, {run.wall / run.count:.2f} s each, {work:.2f} s of work each; MiB at most: {mib}"


def test_growth(tmp_path: Path) -> None:
    runs, stock = [], {}
    for count in COUNTS:
        runs.append(grow(tmp_path / str(count), count))
        console.print(told(runs[-1]), highlight=False)
    for count in STOCK:
        stock[count] = stock_seconds(tmp_path / f"stock{count}", count)
        console.print(f"stock nbgrader, {count} submissions: {stock[count]:.1f} s each", highlight=False)
    keep(ROOT / "reports" / "growth.json", runs, stock)
    if "COURSE_GROWTH" not in os.environ:
        write_page(runs, stock)
    largest = max(runs, key=lambda run: run.count)
    if largest.count >= 3 * ROTATION:
        ratios = growth(largest)
        for name, ratio in ratios.items():
            console.print(f"the last of {largest.count} against those after the tenth: {name} × {ratio:.3f}", highlight=False)
        assert all(ratios[name] <= MOST for name in JUDGED), ratios
