"""Records for tests of the grade: by the numbers of a vector, or at random as plain numbers that an oracle understands too."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import lru_cache

from staff.grade import Level, Notebook, Record, State

MODULES = [f"m{k}" for k in range(1, 8)]
STATES: list[State] = ["counts", "not handed in", "late", "undisclosed"]


def record(
    notebooks: int = 7, d: bool = True, problems: int = 3, orals: str = "CC", quiz: bool = True, video: bool = True, seminar: bool = True
) -> Record:
    """A record by the columns of the vectors: notebooks at E, all D tasks or none, A+B problems, the two orals' levels."""
    made = {}
    for number, name in enumerate(MODULES):
        solved = ("AB1",) if number < problems else ()
        short_e = () if number < notebooks else ("E2",)
        made[name] = Notebook(
            state="counts", missing_e=short_e, missing_d=() if d else ("D1",), problems=solved, open_problems=("AB1",)[len(solved) :]
        )
    levels = {f"oral{number}": Level[letter] for number, letter in enumerate(orals, 1)}
    return Record(notebooks=made, orals=levels, quiz=quiz, video=video, seminar=seminar)


@dataclass(frozen=True)
class Plain:
    """A student in numbers: per notebook (state, unsolved E, unsolved D, problems), the orals' levels, and three booleans."""

    notebooks: tuple[tuple[int, int, int, int], ...]
    orals: tuple[int, int]
    quiz: bool
    video: bool
    seminar: bool

    def record(self) -> Record:
        made = {name: notebook(*numbers) for name, numbers in zip(MODULES, self.notebooks, strict=True)}
        orals = {"oral1": Level(self.orals[0]), "oral2": Level(self.orals[1])}
        return Record(notebooks=made, orals=orals, quiz=self.quiz, video=self.video, seminar=self.seminar)


@lru_cache
def notebook(state: int, e: int, d: int, ab: int) -> Notebook:
    return Notebook(state=STATES[state], missing_e=E_NAMES[:e], missing_d=D_NAMES[:d], problems=AB_NAMES[:ab], open_problems=AB_NAMES[ab:])


E_NAMES, D_NAMES, AB_NAMES = ("E1", "E2", "E3"), ("D1", "D2", "D3"), ("AB1", "AB2")


def random_plain(rng: random.Random) -> Plain:
    """Mostly good students, so that every letter occurs: each thing goes wrong with a rate that is drawn first."""
    rate = rng.choice([0.0, 0.02, 0.05, 0.1, 0.3])

    def bad(more: float = 1.0) -> bool:
        return rng.random() < rate * more

    notebooks = tuple(
        (
            rng.randrange(1, 4) if bad() else 0,
            rng.randrange(1, 4) if bad() else 0,
            rng.randrange(1, 4) if bad() else 0,
            rng.choice([0, 0, 0, 1, 1, 2]),
        )
        for _ in MODULES
    )
    orals = (rng.randrange(4) if bad(3) else 3, rng.randrange(4) if bad(3) else 3)
    return Plain(notebooks, orals, not bad(2), not bad(2), not bad(2))


def better(plain: Plain, rng: random.Random) -> Plain:
    """The same student with one thing done better (or as it was, where it could not be better)."""
    what = rng.randrange(8)
    if what < 4:
        number = rng.randrange(len(plain.notebooks))
        state, e, d, ab = plain.notebooks[number]
        changed = [(0, e, d, ab), (state, max(0, e - 1), d, ab), (state, e, max(0, d - 1), ab), (state, e, d, min(2, ab + 1))][what]
        return replace(plain, notebooks=(*plain.notebooks[:number], changed, *plain.notebooks[number + 1 :]))
    if what == 4:
        number = rng.randrange(2)
        orals = tuple(min(3, level + 1) if k == number else level for k, level in enumerate(plain.orals))
        return replace(plain, orals=(orals[0], orals[1]))
    return replace(plain, **{["quiz", "video", "seminar"][what - 5]: True})
