"""`course check --answers`: right and wrong answers to every task, graded as the judge's fast path would grade them.

For each answer: the setup cells, then all solution cells in the master's order, where the task under test has the answer and every other task is
blank, then the task's check and hidden cells. The reference is tried a second time with every other task solved, as in the full notebook.
"""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

from pydantic import BaseModel
from rich.progress import Progress
from rich.table import Table

from staff.config import Course, Module, Tier, tier_of
from staff.notebook import write_text
from staff.outcomes import Outcome
from staff.trials import Graded, Plan, Trial, Trialled, run_trials
from staff.workbench import Workbench, load_workbench

KINDS = ("reference", "blank", "variant", "mutant")
NAME_ERROR = re.compile(r"NameError: name '(\w+)'")  # of a name that the task defines: the wrong answer leaves it out
MINIMUM = {"D": (2, 4), "E": (0, 2)}  # variants and mutants of a code task, by tier


class AnswerRow(BaseModel):
    """One answer: what it says it is, how its task's graded cells ended, and what is wrong about that."""

    task: str
    name: str
    kind: str
    says: str
    cells: list[Graded]
    score: float
    points: float
    seconds: float
    problems: list[str] = []


class AnswerReport(BaseModel):
    """A module's answer bank, graded. `problems` concern files and tasks, those of an answer are in its row; `notes` are for information."""

    module: str
    rows: list[AnswerRow]
    problems: list[str] = []
    notes: list[str] = []
    seconds: float = 0.0

    def all_problems(self) -> list[str]:
        return [*self.problems, *(f"{row.task}/{row.name}: {problem}" for row in self.rows for problem in row.problems)]

    @property
    def clean(self) -> bool:
        return not self.all_problems()


def check_answers(
    course: Course,
    root: Path,
    module: Module | str,
    workers: int | None = None,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> AnswerReport:
    """Grade the answer bank of a module and write `reports/answers-mN.json`. `seconds` limits one answer, by default `limits.cell_seconds`."""
    module = course.module(module) if isinstance(module, str) else module
    master = load_workbench(root, module)
    bank, problems = read_bank(root, master)
    trials = _trials(master, bank)
    plan = Plan(setup=master.setup, trials=trials, workers=workers or os.cpu_count() or 1, seconds=seconds or course.limits.cell_seconds)
    bar = progress.add_task(f"answers to {module.key}", total=len(trials)) if progress else None

    def on_trial(trialled: Trialled) -> None:
        if progress and bar is not None:
            progress.advance(bar)

    results = run_trials(plan, on_trial)
    rows = [_row(master, trial, results[trial.key], bank) for trial in trials]
    notes = [note for task in master.tasks for note in unneeded(task, rows)]
    report = AnswerReport(module=module.id, rows=rows, problems=problems, notes=notes, seconds=round(sum(row.seconds for row in rows), 1))
    write_text(root / "reports" / f"answers-{module.key}.json", report.model_dump_json(indent=1) + "\n")
    return report


def read_bank(root: Path, master: Workbench) -> tuple[dict[str, str], list[str]]:
    """The answer files (`D1/mutant_sign` -> text) that can be run, and what is wrong with files and numbers of files."""
    folder = root / "tests" / "answers" / master.module.key
    bank: dict[str, str] = {}
    problems: list[str] = []
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        task, _, stem = name.partition("/")
        text = path.read_text(encoding="utf-8")
        fault = _fault(master, task, stem, text)
        if fault:
            problems.append(f"tests/answers/{master.module.key}/{name}.py: {fault}")
        else:
            bank[name] = text
    return bank, [*problems, *_too_few(master, bank)]


def _fault(master: Workbench, task: str, stem: str, text: str) -> str:
    if task not in master.tasks:
        return f"{task!r} is no automatically graded task of {master.module.id}; there are {', '.join(master.tasks)}"
    if stem.split("_")[0] not in ("variant", "mutant") or "_" not in stem:
        return f"the name {stem!r} begins with neither variant_ nor mutant_; rename it"
    first = (text.splitlines() or [""])[0]
    if not first.startswith("# ") or len(first.split()) < 3:
        return f"the first line is {first!r}; it is a comment that says in words what the answer does"
    try:
        ast.parse(text)
    except SyntaxError as error:
        return f"line {error.lineno} is no Python ({error.msg}); mend it"
    return ""


def _too_few(master: Workbench, bank: dict[str, str]) -> list[str]:
    problems = []
    for task in master.tasks:
        tier = tier_of(task)
        if tier is Tier.AB or not master.has_code(task):
            continue
        for kind, least in zip(("variant", "mutant"), MINIMUM[tier.value], strict=True):
            count = sum(name.startswith(f"{task}/{kind}_") for name in bank)
            if count < least:
                problems.append(f"{task} has {count} usable {kind}s, a code task of tier {tier} needs {least}; add {least - count}")
    return problems


def _trials(master: Workbench, bank: dict[str, str]) -> list[Trial]:
    trials = []
    for task in master.tasks:
        trials.append(master.trial(task, "reference", solved=lambda other, task=task: other == task))  # type: ignore[misc]
        trials.append(master.trial(task, "reference_in_full", solved=lambda other: True))
        trials.append(master.trial(task, "blank"))
        trials += [master.trial(task, name.split("/")[1], text) for name, text in bank.items() if name.startswith(f"{task}/")]
    return trials


def _row(master: Workbench, trial: Trial, trialled: Trialled, bank: dict[str, str]) -> AnswerRow:
    task, name = trial.key.split("/")
    points = {str(parsed): worth for parsed, _, worth in master.tests}
    score = sum(points[test.grade_id] for test in trialled.tests if test.outcome is Outcome.PASSED)
    text = bank.get(trial.key, "# The reference solution." if name.startswith("reference") else "# Nothing answered.")
    row = AnswerRow(
        task=task, name=name, kind=name.split("_")[0], says=text.splitlines()[0].lstrip("# ").strip(), cells=trialled.tests,
        score=score, points=sum(points[test.grade_id] for test in trialled.tests), seconds=trialled.seconds,
    )  # fmt: skip
    row.problems = _judge(row, trialled, master.names(task))
    return row


def _judge(row: AnswerRow, trialled: Trialled, names: set[str]) -> list[str]:
    """What is not as it should be: reference and variants get everything, the blank nothing, a mutant loses a cell by an honest test."""
    own = {name: error for name, error in trialled.raised.items() if name.split("-")[1] == row.task}
    problems = [f"{test.grade_id} passed on a blank answer" for test in row.cells if row.kind == "blank" and test.outcome is Outcome.PASSED]
    if row.kind in ("reference", "variant"):
        problems += [f"{name} raised {error}" for name, error in own.items()]
        problems += [f"{test.grade_id} {test.outcome}: {test.message}" for test in row.cells if test.outcome is not Outcome.PASSED]
        problems += [f"{test.grade_id} ran no assertion" for test in row.cells if test.outcome is Outcome.PASSED and not test.assertions]
    if row.kind == "mutant":
        problems += [f"raises when it is run ({error}); a plausible wrong answer runs" for error in own.values()]
        if all(test.outcome is Outcome.PASSED for test in row.cells):
            problems.append("no test refuses it; add one that does, or drop the mutant if it is right")
        problems += [
            f"{test.grade_id}: {test.message}; the file names something unknown" for test in row.cells if test.message.startswith("NameError")
        ]
        problems += [f"{test.grade_id} {test.outcome}; a mutant ends" for test in row.cells if test.outcome in (Outcome.TIMEOUT, Outcome.CRASHED)]
    return problems


def unneeded(task: str, rows: list[AnswerRow]) -> list[str]:
    """Hidden cells that no mutant needs: every mutant they refuse falls to a visible check anyway."""
    mutants = [row for row in rows if row.task == task and row.kind == "mutant"]
    notes = []
    for name in dict.fromkeys(test.grade_id for row in mutants for test in row.cells if "-hidden" in test.grade_id):
        needed = [
            row for row in mutants if _lost(row, name) and not any(_lost(row, test.grade_id) for test in row.cells if "-check" in test.grade_id)
        ]
        if not needed:
            notes.append(f"{name} refuses no mutant that the visible check does not refuse as well")
    return notes


def _lost(row: AnswerRow, name: str) -> bool:
    return any(test.grade_id == name and test.outcome is not Outcome.PASSED for test in row.cells)


def report_table(report: AnswerReport) -> Table:
    """Per task: mutants killed, correct answers refused, the blank's score; then everything that is wrong."""
    table = Table(
        "task",
        "points",
        "right answers accepted",
        "mutants killed",
        "blank",
        "slowest",
        title=f"Answer bank of {report.module}",
        caption_justify="left",
    )
    for task in dict.fromkeys(row.task for row in report.rows):
        rows = [row for row in report.rows if row.task == task]
        right = [row for row in rows if row.kind in ("reference", "variant")]
        mutants = [row for row in rows if row.kind == "mutant"]
        accepted, killed = (sum(row.score == row.points for row in right), sum(row.score < row.points for row in mutants))
        blank_row = next(row for row in rows if row.kind == "blank")
        style = "red" if any(row.problems for row in rows) else None
        counts = (f"{accepted} of {len(right)}", f"{killed} of {len(mutants)}", f"{blank_row.score:g}", f"{max(row.seconds for row in rows):.1f} s")
        table.add_row(task, f"{rows[0].points:g}", *counts, style=style)
    table.caption = "\n".join([*report.all_problems(), *(f"note: {note}" for note in report.notes)])
    return table
