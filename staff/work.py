"""What a hand-in shows: which tasks are solved, which wait for a reader; and of several, the best of each task."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from staff.attempts import Attempt, Scored
from staff.config import Module, Tier, tier_of
from staff.grade import Notebook, State
from staff.grade_rules import GradeRules
from staff.labels import GradeId

Progress = Literal["solved", "waiting", "not solved", "not attempted"]
ROUNDING = 1e-9


label_of = lru_cache(maxsize=4096)(GradeId.parse)  # a class has the same few hundred cells again and again


def by_hand(cell: str) -> bool:
    """Whether a person gives the points of a graded cell: reflections, and the code of A+B problems."""
    parsed = label_of(cell)
    return parsed is not None and parsed.role in ("reflect", "code")


def cells_of(module: Module, attempt: Attempt, task: str) -> dict[str, Scored]:
    """The attempt's cells of a task; cells that the task no longer has are left out."""
    points = module.tasks[task].points
    parsed = {name: label_of(name) for name in attempt.cells}
    return {name: attempt.cells[name] for name, label in parsed.items() if label and label.task == task and label.point_key in points}


def progress(module: Module, attempt: Attempt, task: str, rules: GradeRules) -> Progress:
    """How far an attempt solves a task. A test needs its full points, what a person reads the share that the rules ask for."""
    cells = cells_of(module, attempt, task)
    if not cells:
        return "not attempted"
    if tier_of(task) is Tier.AB:
        return _problem(list(cells.values()), rules)
    tests = [cell for name, cell in cells.items() if not by_hand(name)]
    read = [cell for name, cell in cells.items() if by_hand(name)]
    failed = any(cell.score is not None and cell.score < cell.most - ROUNDING for cell in tests)
    short = any(cell.score is not None and cell.score < rules.question_answered_from * cell.most - ROUNDING for cell in read)
    if failed or short:
        return "not solved" if any(cell.score for cell in cells.values()) else "not attempted"
    return "waiting" if any(cell.score is None for cell in cells.values()) else "solved"


def _problem(cells: Sequence[Scored], rules: GradeRules) -> Progress:
    if any(cell.score is None for cell in cells):
        return "waiting"
    score, most = sum(cell.score or 0.0 for cell in cells), sum(cell.most for cell in cells)
    if score >= rules.problem_solved_from * most - ROUNDING:
        return "solved"
    return "not solved" if score else "not attempted"


def best_progress(module: Module, attempts: Sequence[Attempt], rules: GradeRules) -> dict[str, Progress]:
    """Task -> the best that any of the attempts shows."""
    order: list[Progress] = ["solved", "waiting", "not solved", "not attempted"]
    best: dict[str, Progress] = {}
    for task in module.tasks:
        shown = {progress(module, attempt, task, rules) for attempt in attempts}
        best[task] = next((state for state in order if state in shown), "not attempted")
    return best


def disclosed(module: Module, attempt: Attempt, rules: GradeRules) -> bool:
    """Whether pledge and AI disclosure are filled in; a module without such a task asks for none."""
    asked = [name for name, task in module.tasks.items() if any("disclosure" in key for key in task.points)]
    return all(progress(module, attempt, name, rules) == "solved" for name in asked)


def notebook_of(module: Module, in_time: Sequence[Attempt], late: Sequence[Attempt], rules: GradeRules) -> Notebook:
    """What counts of a student's hand-ins of a module."""
    counting = [attempt for attempt in in_time if disclosed(module, attempt, rules)]
    state: State = "counts" if counting else "undisclosed" if in_time else "late" if late else "not handed in"
    best = best_progress(module, counting, rules)
    core = {name: tier_of(name) for name, task in module.tasks.items() if task.kind == "core"}
    open_ = [name for name in core if best[name] != "solved"]
    problems = [name for name in module.tasks if tier_of(name) is Tier.AB]
    return Notebook(
        state=state,
        missing_e=tuple(name for name in open_ if core[name] is Tier.E),
        missing_d=tuple(name for name in open_ if core[name] is Tier.D),
        waiting=tuple(name for name in open_ if best[name] == "waiting"),
        problems=tuple(name for name in problems if best[name] == "solved"),
        open_problems=tuple(name for name in problems if best[name] != "solved"),
    )
