"""`course dashboard`: one page for the team. Who is at risk of what, how each task goes, which tasks' pass rates are odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import median

from staff.config import Course, Module
from staff.grade import Letter
from staff.moments import Strict, now
from staff.notebook import write_text
from staff.outlook import outlook
from staff.pages import render
from staff.standing import Standing
from staff.work import Progress, best_progress

ENOUGH = 5  # who tried a task before its pass rate says anything
FEW, FAR = 0.5, 0.3  # odd: fewer than this share solve it, or so far from the module's median


class TaskNumbers(Strict):
    """How many of those who handed a module in are how far with a task."""

    module: str
    task: str
    title: str
    counts: dict[Progress, int]
    odd: str = ""

    @property
    def tried(self) -> int:
        return self.counts["solved"] + self.counts["not solved"]

    @property
    def rate(self) -> float | None:
        return self.counts["solved"] / self.tried if self.tried else None


def dashboard_path(root: Path) -> Path:
    return root / "reports" / "dashboard.html"


def write_dashboard(course: Course, root: Path, found: Sequence[Standing]) -> Path:
    """Write reports/dashboard.html; returns its path."""
    write_text(dashboard_path(root), dashboard(course, found, now()))
    return dashboard_path(root)


def dashboard(course: Course, found: Sequence[Standing], when: datetime) -> str:
    """The page as HTML."""
    outlooks = [outlook(course, standing, when) for standing in found]
    letters = Counter(standing.decision.letter for standing in found)
    reach = Counter(one.reach for one in outlooks)
    modules = [(module, numbers) for module in course.modules if module.graded and (numbers := task_numbers(course, module, found))]
    return render(
        "dashboard.html", course=course, when=when.astimezone(course.zone), found=found,
        letters=[(letter.value, letters[letter], reach[letter]) for letter in Letter],
        risky=sorted((one for one in outlooks if one.at_risk), key=lambda one: (one.reach.rank, one.student)),
        soon=[one for one in outlooks if one.soon and not one.at_risk],
        warned=[standing for standing in found if standing.warnings], modules=modules,
        odd=[numbers for _, tasks in modules for numbers in tasks if numbers.odd],
        waiting=sum(numbers.counts["waiting"] for _, tasks in modules for numbers in tasks),
    )  # fmt: skip


def task_numbers(course: Course, module: Module, found: Sequence[Standing]) -> list[TaskNumbers]:
    """The module's tasks, counted over all who handed it in, at any time; empty where nobody did."""
    best = []
    for standing in found:
        attempts = [entry.attempt for entry in standing.entries if entry.attempt and entry.item == module.id]
        if attempts:
            best.append(best_progress(module, attempts, course.grades))
    if not best:
        return []
    states: tuple[Progress, ...] = ("solved", "waiting", "not solved", "not attempted")
    numbers = []
    for task in module.tasks:
        counts: dict[Progress, int] = {state: sum(progress[task] == state for progress in best) for state in states}
        numbers.append(TaskNumbers(module=module.key, task=task, title=module.tasks[task].title, counts=counts))
    return _marked(module, numbers)


def _marked(module: Module, numbers: list[TaskNumbers]) -> list[TaskNumbers]:
    """The same, with a word for those whose pass rate is odd."""
    rates = [one.rate for one in numbers if one.rate is not None and one.tried >= ENOUGH]
    middle = median(rates) if rates else 0.0
    return [one.model_copy(update={"odd": _odd(one, middle, module.tasks[one.task].kind == "core")}) for one in numbers]


def _odd(one: TaskNumbers, middle: float, core: bool) -> str:
    """Extra tasks and A+B problems may be left out."""
    if one.rate is None or one.tried < ENOUGH:
        return ""
    if one.rate < FEW:
        return f"{one.rate:.0%} of {one.tried} who tried solve it: is the specification clear, are the tests right?"
    if middle - one.rate > FAR:
        return f"{one.rate:.0%} of {one.tried} who tried solve it, the module's median is {middle:.0%}"
    if core and one.counts["not attempted"] > one.tried:
        return f"{one.counts['not attempted']} left it out, {one.tried} tried: is it too long, or hard to find?"
    return ""
