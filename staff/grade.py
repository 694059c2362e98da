"""`grade(record)`: the letter, why it is that, and what is missing for each better one. Pure; the rules are the course memo's.

A student's record holds the best performance on each item. The criteria are steps: a letter is reached when everything that
it and the letters below it ask for is there. So a better record never gets a worse letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Literal

from staff.grade_rules import GradeRules


class Letter(StrEnum):
    F = "F"
    FX = "Fx"
    E = "E"
    D = "D"
    C = "C"
    B = "B"
    A = "A"

    @property
    def rank(self) -> int:
        return RANKS[self]


RANKS = {letter: rank for rank, letter in enumerate(Letter)}
STEPS = (Letter.E, Letter.D, Letter.C, Letter.B, Letter.A)
RENEWABLE = (Letter.FX, Letter.E, Letter.D, Letter.C, Letter.B)  # the grades that a renewed examination may lift
State = Literal["counts", "not handed in", "late", "undisclosed"]
ItemKind = Literal["notebook", "oral", "quiz", "problems", "video", "seminar"]


class Level(IntEnum):
    """What an oral exam showed: F nothing yet, E comprehension of the notebooks, D of the student's own code, C theory."""

    F = 0
    E = 1
    D = 2
    C = 3


@dataclass(frozen=True)
class Notebook:
    """What counts of a student's hand-ins of one module: all of it where `state` is `counts`, else nothing."""

    state: State = "not handed in"
    missing_e: tuple[str, ...] = ()  # core tasks that are not solved
    missing_d: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()  # those of the missing ones that only wait for a person to read them
    problems: tuple[str, ...] = ()  # A+B problems that are solved
    open_problems: tuple[str, ...] = ()  # and those that are not

    @property
    def counts(self) -> bool:
        return self.state == "counts"

    @property
    def mandatory(self) -> bool:
        """Whether it meets what grade E asks of a notebook."""
        return self.counts and not self.missing_e

    @property
    def solved_problems(self) -> tuple[str, ...]:
        return self.problems if self.counts else ()


@dataclass(frozen=True)
class Record:
    """The best performance of a student on everything that counts: each graded module and each oral exam has its entry."""

    notebooks: dict[str, Notebook]
    orals: dict[str, Level]
    quiz: bool = False
    video: bool = False
    seminar: bool = False


@dataclass(frozen=True)
class Need:
    """One thing that the criteria of `letter` ask for and the record lacks."""

    letter: Letter
    kind: ItemKind
    item: str
    words: str


@dataclass(frozen=True)
class Decision:
    """The letter, the reasons for it, and for each better letter all that is missing up to it."""

    letter: Letter
    reasons: tuple[str, ...]
    missing: dict[Letter, tuple[str, ...]] = field(default_factory=dict)


def grade(record: Record, rules: GradeRules | None = None) -> Decision:
    """The decision on a record."""
    rules = rules or GradeRules()
    lacking, short = needs(record, rules), _short_of_fx(record, rules)
    letter = Letter.F if short else Letter.FX
    asked = {need.letter for need in lacking}
    for step in STEPS:
        if step in asked:
            break
        letter = step
    missing: dict[Letter, tuple[str, ...]] = {Letter.FX: tuple(short)} if letter is Letter.F else {}
    words: list[str] = []
    for step in STEPS:
        words += [need.words for need in lacking if need.letter is step]
        if step.rank > letter.rank:
            missing[step] = tuple(words)
    reasons = _reached(letter, record)
    better = next((name for name in Letter if name.rank > letter.rank), None)
    if better:
        stops = missing[better] if better is Letter.FX else [need.words for need in lacking if need.letter is better]
        reasons.append(f"{letter.value}, not {better.value}: {'; '.join(stops)}")
    return Decision(letter=letter, reasons=tuple(reasons), missing=missing)


def needs(record: Record, rules: GradeRules) -> list[Need]:
    """All that the record lacks for grade A, each with the letter that asks for it first."""
    solved = solved_problems(record, rules)
    return [
        *_notebooks_for_e(record),
        *_orals(record, Letter.E, Level.E, "comprehension of the mandatory tasks is still to be shown"),
        *([] if record.quiz else [Need(letter=Letter.E, kind="quiz", item="quiz", words="the quiz is not passed")]),
        *_tasks_for_d(record, rules),
        *_orals(record, Letter.D, Level.D, "comprehension of own loss-function and metric code is still to be shown"),
        *_orals(record, Letter.C, Level.C, "key theory is still to be re-stated"),
        *_problems(solved, Letter.B, rules.problems_for_b),
        *([] if record.video else [Need(letter=Letter.B, kind="video", item="video", words="no presentation video")]),
        *([] if record.seminar else [Need(letter=Letter.B, kind="seminar", item="seminar", words="no seminar attended")]),
        *_problems(solved, Letter.A, rules.problems_for_a),
    ]


def _notebooks_for_e(record: Record) -> list[Need]:
    found = [(name, notebook) for name, notebook in record.notebooks.items() if not notebook.mandatory]
    return [Need(letter=Letter.E, kind="notebook", item=name, words=f"{name}: {_short_of_e(notebook)}") for name, notebook in found]


def _short_of_e(notebook: Notebook) -> str:
    said = {
        "not handed in": "not handed in",
        "late": "handed in late, so the notebook does not count",
        "undisclosed": "pledge and AI disclosure untouched, so the notebook does not count",
    }
    return said.get(notebook.state) or _unsolved(notebook.missing_e, notebook)


def _unsolved(tasks: Sequence[str], notebook: Notebook) -> str:
    unread = [task for task in tasks if task in notebook.waiting]
    unsolved = [task for task in tasks if task not in notebook.waiting]
    parts = [f"{listed(unsolved)} not solved"] if unsolved else []
    return ", ".join([*parts, *([f"{listed(unread)} waiting to be read"] if unread else [])])


def _orals(record: Record, letter: Letter, level: Level, words: str) -> list[Need]:
    low = [(name, f"at level {reached.name}" if reached else "not passed") for name, reached in record.orals.items() if reached < level]
    return [Need(letter=letter, kind="oral", item=name, words=f"{name} {told}: {words}") for name, told in low]


def _tasks_for_d(record: Record, rules: GradeRules) -> list[Need]:
    found = [(name, notebook) for name, notebook in record.notebooks.items() if notebook.missing_d]
    if sum(len(notebook.missing_d) for _, notebook in found) <= rules.d_tasks_that_may_be_missing:
        return []
    words = {name: f"{name}: {_unsolved(notebook.missing_d, notebook)}" for name, notebook in found}
    return [Need(letter=Letter.D, kind="notebook", item=name, words=words[name]) for name, _ in found]


def solved_problems(record: Record, rules: GradeRules) -> int:
    """How many A+B problems count."""
    solved = [len(notebook.solved_problems) for notebook in record.notebooks.values()]
    return sum(solved) if rules.problems_may_share_a_notebook else sum(count > 0 for count in solved)


def _problems(solved: int, letter: Letter, asked: int) -> list[Need]:
    if solved >= asked:
        return []
    words = f"{solved} of {asked} A+B problem{'s' if asked > 1 else ''} solved"
    return [Need(letter=letter, kind="problems", item="problems", words=words)]


def _short_of_fx(record: Record, rules: GradeRules) -> list[str]:
    """What is too much even for Fx; empty where the record is good enough for it."""
    notebooks = [name for name, notebook in record.notebooks.items() if not notebook.mandatory]
    orals = [name for name, level in record.orals.items() if level < Level.E]
    short = []
    if len(notebooks) > 1:
        short.append(f"{len(notebooks)} notebooks ({listed(notebooks)}) lack what E asks for, Fx allows one")
    if len(orals) > 1:
        short.append(f"{len(orals)} oral exams ({listed(orals)}) are not passed, Fx allows one")
    if rules.fx_shortfalls == "one in all" and not short:
        both = [*notebooks, *orals, *([] if record.quiz else ["quiz"])]
        short += [f"{listed(both)} lack what E asks for, Fx allows one of them"] if len(both) > 1 else []
    if rules.fx_notebook == "on time and disclosed":
        void = [name for name in notebooks if not record.notebooks[name].counts]
        short += [f"{name} must be handed in on time with its disclosure" for name in void]
    return short


def _reached(letter: Letter, record: Record) -> list[str]:
    """A sentence for each step up to the letter."""
    solved = sum(len(notebook.solved_problems) for notebook in record.notebooks.values())
    said = (
        f"E: the mandatory tasks of all {len(record.notebooks)} notebooks are solved, disclosed and on time, the quiz is passed, "
        "the oral exams show comprehension of them",
        "D: the D tasks are implemented, and the oral exams show comprehension of the student's own code",
        "C: the oral exams re-state key theory",
        "B: an A+B problem is solved, presented in a video and discussed at a seminar",
        f"A: {solved} A+B problems are solved",
    )
    return list(said[: STEPS.index(letter) + 1]) if letter in STEPS else []


def listed(names: Iterable[str]) -> str:
    """`m1`, `m1 and m2`, `m1, m2 and m3`."""
    *most, last = list(names)
    return f"{', '.join(most)} and {last}" if most else last
