"""What the memo lets a student do after the course to reach a better letter: the smallest set of moves, or why none is enough.

At most one updated notebook, at most one oral exam again, a video with a seminar, and for Fx the quiz. Every combination is
tried on the record itself, so a plan can't disagree with the grade that it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from staff.grade import RENEWABLE, STEPS, Letter, Level, Need, Notebook, Record, grade, listed, needs, solved_problems
from staff.grade_rules import GradeRules
from staff.moments import Strict

LEVELS = {Letter.E: Level.E, Letter.D: Level.D}  # better letters need the level C


class Used(Strict):
    """What a student has already used of the renewed examination."""

    notebook: str | None = None
    oral: str | None = None


class Plan(Strict):
    """The moves to the target; without any, `refusal` says why, and `best` how far the allowed moves lead."""

    target: Letter
    moves: tuple[str, ...] = ()
    refusal: str = ""
    best: Letter | None = None


class _Choice(Strict):
    notebook: str | None
    oral: str | None
    quiz: bool
    show: bool  # video and seminar

    @property
    def size(self) -> int:
        return sum(bool(part) for part in (self.notebook, self.oral, self.quiz, self.show))


def raise_plan(record: Record, target: Letter, rules: GradeRules | None = None, used: Used | None = None, letter: Letter | None = None) -> Plan:
    """The plan from a record (and its letter, where an examiner gave another one) to the target."""
    rules, used = rules or GradeRules(), used or Used()
    letter = letter or grade(record, rules).letter
    refusal = _refused(letter, target)
    if refusal:
        return Plan(target=target, refusal=refusal)
    after = [(choice, _after(record, choice)) for choice in _choices(record, letter, used)]
    enough = [choice for choice, reached in after if grade(reached, rules).letter.rank >= target.rank]
    if enough:
        smallest = min(choice.size for choice in enough)
        first = next(choice for choice in enough if choice.size == smallest)
        others = [choice.notebook for choice in enough if choice.size == smallest and choice.notebook and choice.notebook != first.notebook]
        return Plan(target=target, moves=tuple(_moves(record, first, list(dict.fromkeys(others)), target, rules)), best=target)
    return _none(after, target, rules, used)


def _refused(letter: Letter, target: Letter) -> str:
    if target not in STEPS:
        return f"{target.value} is no grade to aim for; there are E, D, C, B and A"
    if letter is Letter.A:
        return "A is the best grade; there is nothing to raise"
    if letter not in RENEWABLE:
        return (
            "F can't be raised by a renewed examination, which is for Fx and E to B; only the examiners can give Fx instead (course record override)"
        )
    if target.rank <= letter.rank:
        return f"the grade is {letter.value} already; a renewed examination never lowers it"
    return ""


def _choices(record: Record, letter: Letter, used: Used) -> Iterator[_Choice]:
    """Every combination of moves that is allowed; those that were used are in the record, and may only be completed."""
    notebooks = [None, *(name for name in record.notebooks if used.notebook in (None, name))]
    orals = [None] if used.oral else [None, *record.orals]
    quizzes = [False, True] if letter is Letter.FX and not record.quiz else [False]
    shows = [False] if record.video and record.seminar else [False, True]
    for notebook, oral, quiz, show in product(notebooks, orals, quizzes, shows):
        yield _Choice(notebook=notebook, oral=oral, quiz=quiz, show=show)


def _after(record: Record, choice: _Choice) -> Record:
    """The record when every chosen move succeeds as well as it can."""
    notebooks, orals = dict(record.notebooks), dict(record.orals)
    if choice.notebook:
        old = notebooks[choice.notebook]
        notebooks[choice.notebook] = Notebook(state="counts", problems=(*old.problems, *old.open_problems))
    if choice.oral:
        orals[choice.oral] = Level.C
    shown = {"video": True, "seminar": True} if choice.show else {}
    return replace(record, notebooks=notebooks, orals=orals, quiz=record.quiz or choice.quiz, **shown)


def _moves(record: Record, choice: _Choice, others: list[str], target: Letter, rules: GradeRules) -> Iterator[str]:
    open_needs = [need for need in needs(record, rules) if need.letter.rank <= target.rank]
    if choice.notebook:
        yield _notebook_move(record, choice.notebook, others, open_needs)
    if choice.oral:
        yield f"take {choice.oral} again and reach level {LEVELS.get(target, Level.C).name}"
    if choice.quiz:
        yield "take the quiz again and pass it"
    if choice.show:
        steps = [] if record.video else ["hand in a presentation video"]
        yield " and ".join([*steps, *([] if record.seminar else ["attend a seminar"])])


def _notebook_move(record: Record, name: str, others: list[str], open_needs: list[Need]) -> str:
    notebook, here = record.notebooks[name], [need for need in open_needs if need.kind == "notebook" and need.item == name]
    problems = [need for need in open_needs if need.kind == "problems"]
    tasks = [*(notebook.missing_e if any(need.letter is Letter.E for need in here) else ())]
    tasks += [*(notebook.missing_d if any(need.letter is Letter.D for need in here) else ())]
    parts = [f"with {listed(tasks)} solved"] if tasks else []
    parts += ["with its disclosure"] if notebook.state == "undisclosed" else []
    parts += [f"with the A+B problem{'s' if len(notebook.open_problems) > 1 else ''} {listed(notebook.open_problems)}"] if problems else []
    instead = f" (or, instead, an updated {' or '.join(others)})" if others else ""
    return " ".join([f"hand in an updated {name}", *([" and ".join(parts)] if parts else [])]) + instead


def _none(after: list[tuple[_Choice, Record]], target: Letter, rules: GradeRules, used: Used) -> Plan:
    """Why no combination is enough: what would still be missing after the best of them."""

    def left(reached: Record) -> list[str]:
        return list(grade(reached, rules).missing.get(target, ()))

    _, nearest = min(after, key=lambda pair: (-grade(pair[1], rules).letter.rank, len(left(pair[1])), -solved_problems(pair[1], rules), pair[0].size))
    spent = [f"the updated notebook was {used.notebook}"] if used.notebook else []
    spent += [f"{used.oral} was taken again"] if used.oral else []
    told = f" ({' and '.join(spent)})" if spent else ""
    rule = "one updated notebook, one oral exam, a video with a seminar (and the quiz after Fx) are allowed"
    refusal = f"{target.value} can't be reached: {rule}{told}; after the best of these still: {'; '.join(left(nearest))}"
    return Plan(target=target, refusal=refusal, best=grade(nearest, rules).letter)
