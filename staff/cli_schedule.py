"""`course schedule`: what is when, as a table and as a file for calendars."""

from __future__ import annotations

from typing import Annotated

import typer

from staff.cli_shared import HERE, Root, console, opened
from staff.config import CourseError


def register(app: typer.Typer) -> None:
    """Add the command to `course`."""
    app.command("schedule")(schedule)


def schedule(
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Show only these: lecture, help, release, due, oral, …")] = None,
    week: Annotated[int | None, typer.Option("--week", help="Show only this week.")] = None,
    only_check: Annotated[bool, typer.Option("--check", help="Write nothing; say whether the calendar that was given out is current.")] = False,
    root: Root = HERE,
) -> None:
    """Show what is when, and write dist/schedule.ics, which calendars follow."""
    from staff.calendar_file import GIVEN, calendar, write_calendar
    from staff.lint_schedule import require_possible
    from staff.schedule import Kind, counts, entries, schedule_table, week_of

    course, root = opened(root)
    for name in kind or []:
        if name not in list(Kind):
            raise CourseError(f"course schedule --kind {name}: no such kind; there are {', '.join(Kind)}")
    require_possible(course)
    every = entries(course)
    shown = [entry for entry in every if entry.kind in (kind or list(Kind)) and week in (None, week_of(course, entry.start))]
    console.print(schedule_table(course, shown))
    console.print(counts(course, shown) or "nothing", highlight=False)
    if only_check:
        changes = calendar(course, root)[1]
        console.print(f"{GIVEN}: {f'{len(changes)} events are not as in course.yml' if changes else 'as in course.yml'}", highlight=False)
        raise typer.Exit(1 if changes else 0)
    path, changes = write_calendar(course, root)
    for change in changes if (root / GIVEN).is_file() and len(changes) < len(every) else []:
        console.print(change, markup=False, highlight=False)
    told = f"{len(changes)} of {len(every)} events new or changed" if changes else "no event has changed"
    console.print(f"{path.relative_to(root)} · {told}", highlight=False)
