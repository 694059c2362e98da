"""Verbs of what needs a person: `course queue`, `request`, `double-mark`, `mark`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from staff.cli_shared import HERE, ModuleName, Root, console, opened
from staff.config import Course, CourseError

if TYPE_CHECKING:
    from staff.second_marks import Agreement

Reason = Annotated[str, typer.Option("--reason", help="Why; the student reads it.")]
By = Annotated[str, typer.Option("--by", help="Who decides, or who graded.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    for name, verb in (("queue", queue), ("request", request), ("double-mark", double_mark), ("mark", mark)):
        app.command(name)(verb)


def queue(
    module: Annotated[str | None, typer.Argument(help="Only this module.", metavar="[MODULE]")] = None,
    url: Annotated[str, typer.Option(help="Where JupyterLab with formgrader runs; for the links.")] = "http://localhost:8888",
    root: Root = HERE,
) -> None:
    """Show what needs a person: answers to read task by task, what grading flagged, requests, second readings."""
    from staff import waiting

    course, root = opened(root)
    found = waiting.queue(course, root, course.module(module) if module else None, url)
    table = Table("what", "which", "how many", "of whom", title="what needs a person", title_justify="left")
    for one in found.to_read:
        table.add_row("to read", f"{one.cell} {one.title}", str(len(one.links)), Text(", ".join(one.links)))
    for ask in found.asked:
        table.add_row("request", ask.request.cell, "1", Text(f"{ask.request.student}: {ask.request.reason}"))
    for flag in found.flags:
        table.add_row(flag.finding.kind.value, flag.module, "1", Text(f"{flag.student}: {flag.finding.message}"))
    for pair in found.twice:
        if pair.second is None:
            table.add_row("read twice", pair.cell, "1", Text(pair.student))
    console.print(table)
    _agreement(found.agreement)
    console.print(f"{found.size} in all, with links: {waiting.write_queue(course, root, found).relative_to(root)}", highlight=False)


def request(
    student: Annotated[str, typer.Argument(help="The student's id.", metavar="[STUDENT]")] = "",
    cell: Annotated[str, typer.Argument(help="The graded cell: m3-D1-hidden.", metavar="[CELL]")] = "",
    reason: Reason = "",
    granted: Annotated[bool, typer.Option("--granted", help="Answer it: the score was changed in formgrader, or the test accepted.")] = False,
    refused: Annotated[bool, typer.Option("--refused", help="Answer it: the score stands.")] = False,
    who: By = "",
    root: Root = HERE,
) -> None:
    """A student asks to look at a score again; --granted or --refused answers. Without arguments, the log."""
    from staff import regrades

    course, root = opened(root)
    if not student:
        _requests(course, root)
        return
    if not cell or (granted and refused):
        raise CourseError("course request: name STUDENT and CELL, and one of --granted and --refused to answer")
    value: regrades.Answer = "granted" if granted else "refused" if refused else "asked"
    done = regrades.record(course, root, student, cell, value, reason, who)
    console.print(f"recorded as number {done.number}: {student} {cell} {value}", highlight=False, markup=False)
    if value == "granted":
        console.print("the score itself is changed in formgrader (`course queue` links there), or by `course accept` for everybody", highlight=False)


def _requests(course: Course, root: Path) -> None:
    from staff.database import reading
    from staff.events import in_force, read_events
    from staff.regrades import requests

    with reading(course, root) as connection:
        found = requests(in_force(read_events(connection)))
    table = Table("number", "asked", "student", "cell", "why", "answer", title="regrade requests", title_justify="left")
    for one in found:
        answer = f"{one.answer.value} by {one.answer.who}: {one.answer.reason}" if one.answer else "open"
        when = f"{one.asked.astimezone(course.zone):%d %b %H:%M}"
        table.add_row(str(one.number), when, one.student, one.cell, Text(one.reason), Text(answer, style="" if one.answer else "yellow"))
    console.print(table)


def double_mark(module: ModuleName, root: Root = HERE) -> None:
    """List the random tenth of answers that a second grader reads, and how far both agree."""
    from staff.second_marks import agreement, pairs

    course, root = opened(root)
    found = pairs(course, root, course.module(module))
    table = Table("student", "cell", "of", "first", "second", "by", title=f"{course.module(module).id}: read twice", title_justify="left")
    for pair in found:
        first = "–" if pair.first is None else f"{pair.first:g}" if pair.second is not None else "read"  # a second grader reads blind
        second = "–" if pair.second is None else f"{pair.second:g}"
        table.add_row(pair.student, pair.cell, f"{pair.most:g}", first, second, pair.by)
    console.print(table)
    _agreement(agreement(found))


def _agreement(found: Agreement | None) -> None:
    if found is None:
        return
    kappa = "not defined (all scores equal)" if found.kappa is None else f"{found.kappa:.2f}"
    console.print(
        f"{found.pairs} read twice: {found.equal:.0%} equal, the second gives {found.difference:+.0%} of the points on average, "
        f"{found.distance:.0%} apart; Cohen's kappa with quadratic weights {kappa}",
        highlight=False,
    )


def mark(
    student: Annotated[str, typer.Argument(help="The student's id.", metavar="STUDENT")],
    cell: Annotated[str, typer.Argument(help="The answer: m3-E1-reflect.", metavar="CELL")],
    score: Annotated[float, typer.Option(help="The second grader's points.")],
    who: By = "",
    root: Root = HERE,
) -> None:
    """Record what a second grader gives. The grade stays the first grader's; the gradebook is changed in formgrader."""
    from staff.second_marks import record

    course, root = opened(root)
    done = record(course, root, student, cell, score, who)
    console.print(f"recorded as number {done.number}: {student} {cell} {done.value} by {done.who}", highlight=False, markup=False)
