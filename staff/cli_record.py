"""`course record …`: what is not in a notebook goes into the log, one command a kind, or many at once from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from staff.cli_shared import HERE, Root, console, opened
from staff.config import CourseError

app = typer.Typer(no_args_is_help=True, help="Record an oral, the quiz, a video, a seminar, an extension, an override: a log that only grows.")

Student = Annotated[str, typer.Argument(help="The student's id.", metavar="STUDENT")]
At = Annotated[str, typer.Option("--at", help="When it took place: 2026-09-17 or '2026-09-17 14:00'; now by default.")]
By = Annotated[str, typer.Option("--by", help="Who examined or decided.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; the student reads it.")]
New = Annotated[bool, typer.Option("--new", help="The student has handed in nothing yet: add the id.")]


@app.callback(invoke_without_command=True)
def record(
    context: typer.Context,
    file: Annotated[Path | None, typer.Option("--from", help="A CSV file with the columns event,student,item,value,at,by,reason.")] = None,
    new: New = False,
    root: Root = HERE,
) -> None:
    """Record one event by the commands below, or those of a file, of which every row is checked first."""
    from staff.events_file import add_file

    if context.invoked_subcommand is not None:
        if file is not None or new or root != HERE:
            raise CourseError(f"course record: put options behind the command: course record {context.invoked_subcommand} … --root FOLDER")
        return
    if file is None:
        raise CourseError("course record: nothing to record; name an event (course record oral …) or give --from FILE")
    course, root = opened(root)
    added, there = add_file(course, root, file, new)
    console.print(f"{added} recorded" + (f", {there} were there already" if there else ""), highlight=False)


def _add(root: Path, new: bool = False, **columns: str) -> None:
    """Check one draft, write it, and say what the student's grade is now."""
    from staff.event_checks import Checker, Draft, Wrong
    from staff.events import Event, add
    from staff.standing import standing_of

    course, root = opened(root)

    def checked(students: set[str], log: list[Event]) -> list[Event]:
        try:
            return [Checker(course, students, log, new).event(Draft(**columns))]
        except Wrong as wrong:
            raise CourseError(f"course record {columns['event']}: {wrong}; nothing was recorded") from None

    added = add(course, root, checked)
    if not added:
        raise CourseError(f"course record {columns['event']}: exactly this is recorded already; `course record log` shows it")
    (event,) = added
    what = " ".join(part for part in (event.kind, event.student, event.item, event.value) if part)
    console.print(f"recorded as number {event.number}: {what}", highlight=False, markup=False)
    now = standing_of(course, root, event.student)
    console.print(f"{event.student} now: {now.decision.letter.value}", highlight=False, markup=False)
    for warning in now.warnings:
        console.print(f"warning: {warning}", style="yellow", highlight=False, markup=False)


@app.command()
def oral(
    student: Student,
    exam: Annotated[str, typer.Argument(help="The oral exam: 1, 2 or its id.", metavar="EXAM")],
    level: Annotated[str, typer.Option("--level", help="F nothing yet, E own notebooks, D own loss and metric code, C theory.")],
    at: At = "", by: By = "", new: New = False, root: Root = HERE,
) -> None:  # fmt: skip
    """What an oral exam showed; the best attempt counts."""
    _add(root, new, event="oral", student=student, item=exam, value=level, at=at, by=by)


@app.command()
def quiz(
    student: Student,
    passed: Annotated[bool, typer.Option("--passed/--failed", help="Whether the mandatory quiz was passed.")],
    at: At = "", by: By = "", new: New = False, root: Root = HERE,
) -> None:  # fmt: skip
    """The mandatory quiz."""
    _add(root, new, event="quiz", student=student, value="passed" if passed else "failed", at=at, by=by)


@app.command()
def video(
    student: Student,
    rejected: Annotated[bool, typer.Option("--rejected", help="It does not present the student's solution.")] = False,
    at: At = "", by: By = "", new: New = False, root: Root = HERE,
) -> None:  # fmt: skip
    """A presentation video was handed in (grades A and B)."""
    _add(root, new, event="video", student=student, value="rejected" if rejected else "accepted", at=at, by=by)


@app.command()
def seminar(
    student: Student,
    absent: Annotated[bool, typer.Option("--absent", help="Expected, but not there.")] = False,
    at: At = "", by: By = "", new: New = False, root: Root = HERE,
) -> None:  # fmt: skip
    """A seminar was attended (grades A and B)."""
    _add(root, new, event="seminar", student=student, value="absent" if absent else "attended", at=at, by=by)


@app.command()
def extension(
    student: Student,
    item: Annotated[str, typer.Argument(help="What: a module (m3), an oral exam (oral1), quiz, video or seminar.", metavar="ITEM")],
    until: Annotated[str, typer.Option("--until", help="Until when; a day alone means its end.")],
    by: By = "", reason: Reason = "", new: New = False, root: Root = HERE,
) -> None:  # fmt: skip
    """More time for one student; the longest extension of an item holds."""
    _add(root, new, event="extension", student=student, item=item, value=until, by=by, reason=reason)


@app.command()
def override(
    student: Student,
    letter: Annotated[str, typer.Argument(help="F, Fx, E, D, C, B or A.", metavar="LETTER")],
    by: By = "", reason: Reason = "", at: At = "", new: New = False, root: Root = HERE,
) -> None:  # fmt: skip
    """An examiner's decision stands above the criteria; the last one holds."""
    _add(root, new, event="override", student=student, value=letter, at=at, by=by, reason=reason)


@app.command()
def request(
    student: Student,
    target: Annotated[str, typer.Argument(help="The letter that the student aims for.", metavar="TARGET")],
    at: At = "", new: New = False, root: Root = HERE,
) -> None:  # fmt: skip
    """A student asks to renew the examination (Fx, or E to B)."""
    _add(root, new, event="request", student=student, value=target, at=at)


@app.command()
def withdraw(
    number: Annotated[str, typer.Argument(help="The entry's number in the log.")], by: By = "", reason: Reason = "", root: Root = HERE
) -> None:
    """Take a wrong entry out of force; both stay in the log."""
    _add(root, event="withdraw", item=number, by=by, reason=reason)


@app.command("log")
def show_log(student: Annotated[str, typer.Argument(help="Only this student.", metavar="[STUDENT]")] = "", root: Root = HERE) -> None:
    """Show the log, oldest entry first."""
    from staff.database import reading
    from staff.events import read_events, withdrawn

    course, root = opened(root)
    with reading(course, root) as connection:
        log = read_events(connection)
    taken_back = withdrawn(log)
    table = Table("number", "when", "event", "student", "item", "value", "by", "reason", title_justify="left", title="what was recorded")
    for event in log:
        if student in ("", event.student):
            style = "dim strike" if str(event.number) in taken_back else ""
            cells = [str(event.number), f"{event.at.astimezone(course.zone):%d %b %Y %H:%M}", event.kind, event.student, event.item, event.value]
            table.add_row(*(Text(cell, style=style) for cell in [*cells, event.who, event.reason]))
    console.print(table)
