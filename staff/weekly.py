"""`course release --due`: which modules should be out by now, and what is left to do for it.

This week's modules are built and proved every time; an earlier one only where students can't have it yet. So repeating it changes nothing.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from staff.config import Course, CourseError, Module
from staff.exchange_out import State, exchange_root, give, state
from staff.lint import source_path
from staff.moments import DAY_END, typed_time
from staff.schedule import week_of


@dataclass(frozen=True)
class Step:
    """One module that is asked for by now: whether it is to be built and given out, or why not."""

    module: Module
    when: datetime
    build: bool
    why: str = ""  # it is not built, or not given out: why
    wrong: bool = False  # somebody has to do something about it


class Folder:
    """Students get the zip in dist/ (and a copy of it in another folder): a person uploads it."""

    def __init__(self, root: Path, copies: Path | None = None) -> None:
        self.root, self.copies = root, copies
        if copies is not None and copies.exists() and not copies.is_dir():
            raise CourseError(f"{copies}: a file, not a folder; name a folder for the zips")

    def out(self, module: str) -> bool:
        return all(path.is_file() for path in self._zips(module))

    def early(self, when: datetime, on: datetime) -> str:
        """A zip may be made before its day: uploading it is another step."""
        return f"not before {when:%a %d %b %H:%M}" if when > on else ""

    def give(self, module: str) -> str:
        zips = self._zips(module)
        for path in zips[1:]:
            if not path.is_file() or path.read_bytes() != zips[0].read_bytes():
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary = path.with_name(f".{path.name}.tmp")
                shutil.copyfile(zips[0], temporary)
                temporary.replace(path)
        return f"upload {_shown(zips[-1], self.root)}"

    def _zips(self, module: str) -> list[Path]:
        return [folder / f"{module}.zip" for folder in (self.root / "dist", *([self.copies] if self.copies else []))]


class Exchange:
    """Students see it at once: never before its time."""

    def __init__(self, course: Course, root: Path) -> None:
        self.course, self.root = course, root
        self.folder = exchange_root(course, root)

    def out(self, module: str) -> bool:
        return state(self.course, self.root, self.folder, module) is not State.ABSENT

    def early(self, when: datetime, on: datetime) -> str:
        return f"too early for the exchange: run it again after {when:%a %d %b %H:%M}" if when > on else ""

    def give(self, module: str) -> str:
        before = state(self.course, self.root, self.folder, module)
        if before is State.SAME:
            return "in the exchange already"
        give(self.course, self.root, module)
        return "into the exchange" + (", in place of another version" if before is State.OTHER else "")

    def differs(self, module: str) -> bool:
        return state(self.course, self.root, self.folder, module) is State.OTHER


Target = Folder | Exchange


def target(course: Course, root: Path, to: str) -> Target:
    """`exchange`, or a folder for copies of the zips; empty: dist/ alone."""
    if to == "exchange":
        return Exchange(course, root)
    return Folder(root, Path(to).resolve() if to else None)


def steps(course: Course, root: Path, on: datetime, to: Target) -> list[Step]:
    """What the week of `on` asks for, and what earlier weeks asked for, in order of time."""
    week = week_of(course, on)
    asked = [module for module in course.modules if module.release.week <= week]
    return [_step(course, root, module, on, to) for module in sorted(asked, key=lambda module: module.release.order)]


def _step(course: Course, root: Path, module: Module, on: datetime, to: Target) -> Step:
    when = course.when(module.release)
    if not source_path(root, module.id).is_file():
        return Step(module, when, build=False, why=f"source/{module.id}/{module.id}.ipynb is not written", wrong=True)
    early = to.early(when, on)
    if early and isinstance(to, Exchange):
        return Step(module, when, build=False, why=early)
    if module.release.week == week_of(course, on) or not to.out(module.id):
        return Step(module, when, build=True, why=early)
    if isinstance(to, Exchange) and to.differs(module.id):
        why = f"the exchange has another version than release/: course release {module.key} --to exchange replaces it"
        return Step(module, when, build=False, why=why, wrong=True)
    return Step(module, when, build=False, why="out already")


def next_release(course: Course, on: datetime) -> str:
    """What comes after the week of `on`, in words; empty where nothing does."""
    later = [module for module in course.modules if module.release.week > week_of(course, on)]
    if not later:
        return ""
    first = min(later, key=lambda module: module.release.order)
    return f"next: {first.id} on {course.when(first.release):%a %d %b %H:%M}"


def moment(course: Course, text: str, now: datetime) -> datetime:
    """`--on`: a day (to its last minute) or a time in the course's zone; without it, now."""
    if not text:
        return now.astimezone(course.zone)
    try:
        return typed_time(text, course.zone, DAY_END).astimezone(course.zone)
    except ValueError:
        start = course.start + timedelta(weeks=2)
        raise CourseError(f"course release --on {text}: no time; write {start:%Y-%m-%d} or '{start:%Y-%m-%d} 09:00'") from None


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
