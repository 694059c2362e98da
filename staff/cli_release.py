"""Commands that give something to students: releases, by name or by date, and solutions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress
from rich.table import Table

from staff.cli_shared import HERE, Root, bars, console, opened, written
from staff.config import Course, CourseError, Module

if TYPE_CHECKING:
    from staff.weekly import Step, Target


def register(app: typer.Typer) -> None:
    """Add the commands to `course`."""
    app.command("release")(release)
    app.command("release-solutions")(release_solutions)


def release(
    module: Annotated[str | None, typer.Argument(help="The module to release.", metavar="[MODULE]")] = None,
    every: Annotated[bool, typer.Option("--all", help="Release every module that has a source notebook.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Release what this week asks for, and what earlier weeks asked for and is not out.")] = False,
    on: Annotated[str, typer.Option("--on", help="With --due: as on this day or at this time, instead of now.")] = "",
    to: Annotated[str, typer.Option("--to", help="exchange (nbgrader's), or a folder that gets a copy of the zips.")] = "",
    only_check: Annotated[bool, typer.Option("--check", help="Write nothing; say whether release/ is what a release makes.")] = False,
    root: Root = HERE,
) -> None:
    """Build what students get, prove that nothing leaks and that a blank one scores 0, then put it into release/ and dist/."""
    if [module is not None, every, due].count(True) != 1:
        raise CourseError("course release: name a module (course release m3), or give --all or --due")
    if only_check and (due or to):
        raise CourseError("course release --check writes nothing; it goes with a module or --all, without --due and --to")
    if on and not due:
        raise CourseError("course release --on goes with --due")
    course, root = opened(root)
    wrong = _release_due(course, root, on, to) if due else _release_named(course, root, module, to, only_check)
    raise typer.Exit(1 if wrong else 0)


def _release_named(course: Course, root: Path, module: str | None, to: str, only_check: bool) -> bool:
    """Whether something is not as released (with --check)."""
    from staff.release import release as make
    from staff.weekly import target

    goal = target(course, root, to) if to else None
    table = Table("module", "version", "cells", "state", title="release")
    stale = False
    with bars() as progress:
        for item in written(course, root, module):
            report = make(course, root, item, check=only_check, progress=progress)
            stale = stale or (only_check and not report.current)
            state = ", ".join(report.written) or ("as released" if report.current else "differs: " + ", ".join(report.differences))
            table.add_row(report.module, report.version, str(report.cells), state + (f"; {goal.give(item.id)}" if goal else ""))
    console.print(table)
    return stale


def _release_due(course: Course, root: Path, on: str, to: str) -> bool:
    """Whether something that should be out is not."""
    from staff.lint_schedule import require_possible
    from staff.moments import now
    from staff.weekly import moment, next_release, steps, target

    require_possible(course)
    when = moment(course, on, now())
    goal = target(course, root, to)
    asked = steps(course, root, when, goal)
    table = Table("module", "release", "state", title=f"release: what is asked for on {when:%a %d %b %Y %H:%M}", title_justify="left")
    wrong = False
    with bars() as progress:
        for step in asked:
            done, bad = _carried_out(course, root, step, goal, progress)
            wrong = wrong or bad
            table.add_row(step.module.id, f"{step.when:%a %d %b %H:%M}", done, style="red" if bad else None)
    if asked:
        console.print(table)
    else:
        console.print(f"nothing is asked for before {course.start:%a %d %b %Y}", highlight=False)
    if later := next_release(course, when):
        console.print(later, highlight=False)
    return wrong


def _carried_out(course: Course, root: Path, step: Step, goal: Target, progress: Progress) -> tuple[str, bool]:
    """What was done, and whether it went wrong; one module that is not fit to go out stops no other."""
    from staff.release import release as make

    if not step.build:
        return step.why, step.wrong
    try:
        report = make(course, root, step.module, progress=progress)
        given = goal.give(step.module.id)
    except CourseError as error:
        return str(error), True
    changed = "built" if report.differences else "as before"
    return "; ".join(part for part in (changed, given, step.why) if part), False


def release_solutions(
    module: Annotated[
        str | None, typer.Argument(help="A module: m3_flows, m3 or 3. Without it, the log of what was forced.", metavar="[MODULE]")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Although answers may still be handed in; logged.")] = False,
    who: Annotated[str, typer.Option("--by", help="With --force: who decides.")] = "",
    why: Annotated[str, typer.Option("--reason", help="With --force: why.")] = "",
    root: Root = HERE,
) -> None:
    """Write the notebook with solutions into dist/solutions, once nobody can hand the module in any more."""
    from staff.solutions import forced_log, release_solutions

    course, root = opened(root)
    if module is None:
        if force:
            raise CourseError("course release-solutions --force: name a module")
        table = Table("when", "module", "by", "reason", "refused because", title="solutions that were forced", title_justify="left")
        for entry in forced_log(course, root):
            table.add_row(f"{entry.at.astimezone(course.zone):%d %b %Y %H:%M}", entry.module, entry.who, entry.why, entry.against)
        console.print(table)
        return
    chosen: Module = course.module(module)
    path, against = release_solutions(course, root, chosen, force=force, who=who, why=why)
    for reason in against:
        console.print(f"forced, although {reason}", style="yellow", highlight=False, markup=False)
    console.print(f"{path.relative_to(root)}: solutions and reference answers, without hidden tests", highlight=False)
