"""Verbs of hand-in: `course collect`, `attempts`, `late-days`, `disclosures`, `eligible`."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from staff.cli_shared import HERE, ModuleName, Root, bar, console, opened, save
from staff.config import CourseError

if TYPE_CHECKING:
    from staff.disclosures import Disclosure


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    for name, verb in (("collect", collect), ("attempts", attempts), ("late-days", late_days), ("disclosures", disclosures), ("eligible", eligible)):
        app.command(name)(verb)


def collect(
    module: ModuleName,
    source: Annotated[str, typer.Option("--from", help="Canvas' download (zip or unpacked), a folder of hand-ins, or: exchange.")],
    roster: Annotated[Path | None, typer.Option(help="Who is who at Canvas; roster.csv by default.")] = None,
    times: Annotated[Path | None, typer.Option(help="A CSV file with student,handed_in, where Canvas' download does not tell.")] = None,
    downloaded: Annotated[str, typer.Option(help="When Canvas' file was downloaded; its own date by default.")] = "",
    root: Root = HERE,
) -> None:
    """Keep every hand-in, put one of each student into submitted/ to be graded, write receipts. Repeating it changes nothing."""
    from staff import collect as work
    from staff.receipt import lateness
    from staff.times import read_times

    course, root = opened(root)
    said = read_times(course, times, downloaded)
    with bar("collect") as tell:
        done = work.collect(course, root, module, source, roster=roster, times=said, progress=tell)
    table = Table("student", "hand-ins", "new", "to be graded", "", title=f"{done.module.id}: {len(done.students)} students", title_justify="left")
    for one in done.students:
        if one.chosen and one.ruling:
            word = lateness(course, one.chosen, one.ruling)
            word += f"; {one.ruling.note}" if one.ruling.note else ""
            word = f"no notebook could be read: see its receipt; {word}" if one.unreadable else word
            style = "" if word.startswith("in time") else "yellow"
            about = "" if one.chosen.exact else "≤ "
            when = f"{about}{one.chosen.handed_in.astimezone(course.zone):%d %b %H:%M}"
            table.add_row(one.student, str(len(one.attempts)), str(one.new or "–"), when, Text(word, style=style))
    console.print(table)
    for odd, style in [*((one, "yellow") for one in done.doubts), *((one, "red") for one in done.refused)]:
        whose = f" ({odd.student})" if odd.student else ""
        console.print(f"{'not taken' if style == 'red' else 'look at'}: {odd.file}{whose}: {odd.why}", style=style, markup=False, highlight=False)
    new, replaced = sum(one.new for one in done.students), sum(one.replaced for one in done.students)
    console.print(
        f"{new} new hand-ins kept in attempts/, {replaced} put into submitted/, {len(done.refused)} files not taken; "
        f"receipts: feedback/<student>/{done.module.id}/receipt-….txt",
        highlight=False,
    )


def attempts(
    module: ModuleName,
    student: Annotated[str, typer.Argument(help="Only this student.", metavar="[STUDENT]")] = "",
    take: Annotated[int, typer.Option(help="Put this hand-in of the student (1 is the oldest) where it is graded.")] = 0,
    root: Root = HERE,
) -> None:
    """List the hand-ins that were kept; with --take choose which one is graded next."""
    from staff.collect import take as choose
    from staff.kept import is_put, read_kept, students_with

    course, root = opened(root)
    name = course.module(module).id
    if take and not student:
        raise CourseError("course attempts --take: of whom? course attempts MODULE STUDENT --take 2")
    if take:
        choose(course, root, module, student, take)
    if student and not read_kept(root, student, name):
        raise CourseError(f"{student}: no hand-in of {name} was collected; `course attempts {module}` lists whose are there")
    table = Table("student", "number", "handed in", "by", "files", "SHA-256", "graded", title=f"{name}: hand-ins", title_justify="left")
    for one in [student] if student else students_with(root, name):
        for number, kept in enumerate(read_kept(root, one, name), 1):
            when = f"{'' if kept.exact else '≤ '}{kept.handed_in.astimezone(course.zone):%d %b %H:%M}"
            came = kept.origin.split(" ")[0]
            table.add_row(one, str(number), when, came, Text(", ".join(sorted(kept.files))), kept.sha256[:8], "yes" if is_put(root, kept) else "")
    console.print(table)


def late_days(root: Root = HERE) -> None:
    """Show who used how many late days for what, and how many are left."""
    from staff.database import reading
    from staff.events import in_force, read_events
    from staff.late_days import KIND, ledger

    course, root = opened(root)
    rules = course.policies.late
    if rules.late_days == 0:
        console.print("this course has no late days (policies.late in course.yml): what is late does not count", highlight=False)
        return
    with reading(course, root) as connection:
        log = in_force(read_events(connection))
    table = Table("student", "used", "for", "left", title=f"late days: {rules.late_days} for each student", title_justify="left")
    for student in sorted({event.student for event in log if event.kind == KIND}):
        mine = ledger(course, student, log)
        spent = ", ".join(f"{module} {days}" for module, days in mine.used.items())
        table.add_row(student, str(sum(mine.used.values())), spent, str(mine.left))
    console.print(table)


def disclosures(
    module: ModuleName,
    form: Annotated[str, typer.Option("--format", help="table or csv")] = "table",
    out: Annotated[Path | None, typer.Option(help="Write the CSV into this file.")] = None,
    root: Root = HERE,
) -> None:
    """List what students say of their use of generative AI; an untouched or invalid cell means that the notebook does not count."""
    from staff import disclosures as work

    if form not in ("table", "csv"):
        raise CourseError(f"--format {form}: there are table and csv")
    course, root = opened(root)
    found = work.disclosures(course, root, module)
    policy = course.policies.ai
    activities = ", ".join(f"{name} {rule}" for name, rule in policy.model_dump().items())
    if form == "csv" or out is not None:
        _write_csv(found, out)
        return
    table = Table("student", "state", "what it says", "", title=f"{course.module(module).id}: disclosures", title_justify="left")
    for one in found:
        said = "; ".join(f"{name}: {value}" for name, value in one.said.items())
        table.add_row(one.student, Text(one.state, style="" if one.counts else "red"), Text(said), Text(one.look, style="yellow"))
    table.caption = f"policy on AI: {activities}"
    console.print(table)
    lost = [one.student for one in found if not one.counts]
    console.print(f"{len(lost)} of {len(found)} do not count as they are" + (f": {', '.join(lost)}" if lost else ""), highlight=False)


def _write_csv(found: list[Disclosure], out: Path | None) -> None:
    names = sorted({name for one in found for name in one.said})
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", "state", *names, "look"])
    for one in found:
        writer.writerow([_safe(value) for value in (one.student, one.state, *(one.said.get(name, "") for name in names), one.look)])
    if out is None:
        sys.stdout.write(text.getvalue())
    else:
        save(out, text.getvalue())
        console.print(f"{len(found)} rows: {out}", highlight=False)


def _safe(value: str) -> str:
    """A spreadsheet would run what begins so; students write these texts."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t") else value


def eligible(exam: Annotated[str, typer.Argument(help="An oral exam: oral1 or 1.", metavar="EXAM")], root: Root = HERE) -> None:
    """List who may take an oral exam: whose notebooks of its modules count, and whom an extension moves to a later day."""
    from staff import eligible as work
    from staff.standing import standings

    course, root = opened(root)
    oral = course.oral(exam)
    table = Table("student", "state", "notebooks missing", "", title=f"{oral.title}, {course.when(oral.at):%d %b %Y}", title_justify="left")
    styles = {"may take it": "green", "notebooks missing": "red", "later": "yellow", "taken": "dim"}
    for one in work.eligible(course, oral, standings(course, root)):
        when = f"has time for a notebook until {one.after.astimezone(course.zone):%d %b %H:%M}" if one.after else ""
        about = "may take it again" if one.retake else when
        table.add_row(one.student, Text(one.state, style=styles[one.state]), ", ".join(module.split("_")[0] for module in one.missing), about)
    console.print(table)
