"""Commands about grades: the table, one student's page and plan, the team's page, and forgetting."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from staff.cli_shared import HERE, Root, Students, console, opened, save
from staff.config import Course, CourseError

Student = Annotated[str, typer.Argument(help="The student's id.", metavar="STUDENT")]

NO_PERIOD = "course.yml has no `grades: reexam`"


def register(app: typer.Typer) -> None:
    """Add the commands to `course`."""
    for verb, command in (("grades", grades), ("explain", explain), ("raise-plan", plan), ("dashboard", dashboard), ("forget", forget)):
        app.command(verb)(command)


def grades(
    student: Students = None,
    form: Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="table, json or csv.")] = "table",
    out: Annotated[Path | None, typer.Option("--out", help="Write into this file.")] = None,
    pseudonyms: Annotated[bool, typer.Option("--pseudonyms", help="Made-up names, the same in every export.")] = False,
    root: Root = HERE,
) -> None:
    """Everybody's grade with its reasons, as a table, JSON or CSV."""
    from staff import grades_table
    from staff.standing import standing_of, standings

    course, root = opened(root)
    found = [standing_of(course, root, name) for name in student] if student else standings(course, root)
    names = _pseudonyms(course, root, [standing.student for standing in found]) if pseudonyms else None
    if names:
        found = sorted(found, key=lambda standing: names[standing.student])
    if form == "table":
        table = grades_table.table(course, found, names)
        if out:
            page = io.StringIO()
            Console(file=page, width=120).print(table)
            save(out, page.getvalue())
        else:
            console.print(table)
            _warn({standing.student: standing.warnings for standing in found}, names)
    else:
        text = grades_table.as_json(found, names) if form == "json" else grades_table.as_csv(course, found, names)
        save(out, text) if out else print(text, end="")
    if out:
        console.print(f"{out}: {len(found)} students", highlight=False, markup=False)


def _pseudonyms(course: Course, root: Path, students: list[str]) -> dict[str, str]:
    from staff.pseudonyms import pseudonyms

    return pseudonyms(course, root, students)


def _warn(warnings: dict[str, tuple[str, ...]], names: dict[str, str] | None) -> None:
    for student, found in warnings.items():
        for warning in found:
            console.print(f"{names[student] if names else student}: {warning}", style="yellow", markup=False, highlight=False)


def explain(student: Student, root: Root = HERE) -> None:
    """Write a page that can be sent: the grade, why, what is missing, what is on record."""
    from staff.explain import write_explanation
    from staff.standing import standing_of

    course, root = opened(root)
    standing = standing_of(course, root, student)
    path = write_explanation(course, root, standing)
    for reason in standing.decision.reasons:
        console.print(reason, markup=False, highlight=False)
    console.print(str(path.relative_to(root)), markup=False, highlight=False)


def plan(
    student: Student,
    target: Annotated[str, typer.Argument(help="The letter to reach: E, D, C, B or A.", metavar="TARGET")],
    root: Root = HERE,
) -> None:
    """The moves by which a renewed examination may lift a grade to TARGET, or why none can."""
    from staff.deadlines import window
    from staff.grade import Letter
    from staff.moments import now
    from staff.raise_plan import raise_plan
    from staff.standing import standing_of

    course, root = opened(root)
    letter = next((one for one in Letter if one.value.lower() == target.lower()), None)
    if letter is None:
        raise CourseError(f"course raise-plan: {target!r} is no letter; there are E, D, C, B and A")
    standing = standing_of(course, root, student)
    made = raise_plan(standing.record, letter, course.grades, standing.used, standing.decision.letter)
    period, when = window(course), now()
    console.print(f"{student}: {standing.decision.letter.value} -> {letter.value}", markup=False, highlight=False)
    closed = "" if period and when <= period[1] else f"too late: the re-exam period ended on {period[1]:%d %b %Y}" if period else NO_PERIOD
    if made.moves and closed:
        console.print(f"{closed}; the moves would have been:", markup=False, highlight=False)
    for number, move in enumerate(made.moves, 1):
        console.print(f"{number}. {move}", markup=False, highlight=False)
    if made.refusal:
        console.print(made.refusal, markup=False, highlight=False)
    elif period and not closed:
        console.print(f"between {period[0]:%d %b %Y} and {period[1]:%d %b %Y}, after a request to the examiners", markup=False, highlight=False)
    raise typer.Exit(1 if closed or made.refusal else 0)


def dashboard(root: Root = HERE) -> None:
    """Write reports/dashboard.html for the team: who is at risk of what, how each task goes."""
    from staff.dashboard import write_dashboard
    from staff.standing import standings

    course, root = opened(root)
    console.print(str(write_dashboard(course, root, standings(course, root)).relative_to(root)), markup=False, highlight=False)


def forget(
    student: Student,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this, only say what would be erased.")] = False,
    root: Root = HERE,
) -> None:
    """Erase everything about a student from this folder and the gradebook. It can't be undone."""
    from staff.forget import forget as erase
    from staff.forget import found

    course, root = opened(root)
    for what in found(course, root, student):
        console.print(("erased: " if yes else "would be erased: ") + what, markup=False, highlight=False)
    if not yes:
        console.print("nothing was erased; give --yes to do it", markup=False, highlight=False)
        return
    erase(course, root, student)
    backups = sorted(path.name for path in root.glob("gradebook.db.*"))
    kept = f" Backups of the gradebook still hold the student: {', '.join(backups)}." if backups else ""
    console.print(
        f"Exports that were written elsewhere, and git's history if student data ever got there, stay.{kept}", markup=False, highlight=False
    )
