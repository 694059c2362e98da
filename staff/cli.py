"""The command `course`: one verb a function; each calls its module and shows what came of it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from staff import cli_grades, cli_handin, cli_queue, cli_record, cli_release, cli_schedule
from staff.cli_shared import HERE, ModuleName, Root, Students, bar, bars, console, opened, written
from staff.config import CourseError
from staff.outcomes import Result

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="rich", help="Makes, proves and grades the course in this folder.")
app.add_typer(cli_record.app, name="record")
cli_grades.register(app)
cli_release.register(app)
cli_schedule.register(app)
cli_handin.register(app)
cli_queue.register(app)


@app.command()
def check(
    module: Annotated[str | None, typer.Argument(help="Only this module.", metavar="[MODULE]")] = None,
    answers: Annotated[bool, typer.Option("--answers", help="Also grade the bank of right and wrong answers.")] = False,
    root: Root = HERE,
) -> None:
    """Check course.yml and the source notebooks; with --answers prove the tests on the answer bank."""
    from staff.answers import check_answers, report_table
    from staff.lint import check_course, check_module

    course, root = opened(root)
    problems = check_module(course, root, course.module(module)) if module else check_course(course, root)
    for problem in problems:
        console.print(str(problem), style="red", markup=False, highlight=False)
    if not problems:
        console.print(f"[green]no problems[/] in {module or 'course.yml and ' + ', '.join(m.id for m in written(course, root, None))}")
    clean = not problems
    for item in written(course, root, module) if answers else []:
        with bars() as progress:
            report = check_answers(course, root, item, progress=progress)
        console.print(report_table(report))
        for line in report.all_problems():
            console.print(line, style="red", markup=False, highlight=False)
        clean = clean and report.clean
    raise typer.Exit(0 if clean else 1)


@app.command()
def autograde(
    module: ModuleName,
    student: Students = None,
    workers: Annotated[int, typer.Option(help="Processes that grade at once.", min=1)] = 2,
    engine: Annotated[str, typer.Option(help="judge, or nbgrader: the stock engine, without protection.")] = "judge",
    regrade: Annotated[bool, typer.Option("--regrade", help="Grade again what the tests or the judge have changed under.")] = False,
    sandbox: Annotated[str, typer.Option(help="bubblewrap, or none: student code runs with your rights.")] = "bubblewrap",
    scheduler: Annotated[str | None, typer.Option(help="Grade on a Dask cluster: its scheduler's address.", metavar="ADDRESS")] = None,
    root: Root = HERE,
) -> None:
    """Grade the submissions of a module; every one ends in an outcome. A killed run goes on where it was."""
    from staff import grading, report

    if sandbox not in ("bubblewrap", "none"):
        raise CourseError(f"--sandbox {sandbox}: there are bubblewrap and none")
    course, root = opened(root)
    protected = sandbox == "bubblewrap"
    with bar("autograde") as tell:
        graded = grading.autograde(
            course, root, module, student, engine, tell, workers=workers, regrade=regrade, sandbox=protected, scheduler=scheduler
        )
    console.print(report.table(course, course.module(module), graded.results))
    show_findings(graded.results)
    if graded.changes:
        console.print(report.changes_table(graded.changes))
    told = [f"{len(graded.graded)} graded", f"{len(graded.kept)} as before"]
    if graded.outdated:
        told.append(f"{len(graded.outdated)} of these by older tests (--regrade grades them again)")
    path = grading.report_path(root, course.module(module)).relative_to(root)
    console.print(f"{', '.join(told)} · {path}", highlight=False)


def show_findings(results: list[Result]) -> None:
    for result in results:
        for finding in result.findings:
            console.print(f"{result.student}: {finding.kind.value}: {finding.message}", markup=False, highlight=False)


@app.command()
def accept(
    module: ModuleName,
    test: Annotated[str | None, typer.Argument(help="The disputed test: m3-D1-hidden. Without it, the log.", metavar="[CELL]")] = None,
    who: Annotated[str, typer.Option("--by", help="Who decides.")] = "",
    why: Annotated[str, typer.Option("--reason", help="Why; students read it.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the decision back.")] = False,
    root: Root = HERE,
) -> None:
    """Let a disputed test count as passed for everybody who answered it; logged, and kept when graded again."""
    from staff import grading, report
    from staff.accept import Decision

    course, root = opened(root)
    if test is not None:
        now = datetime.now(UTC).replace(microsecond=0)
        decision = Decision(module=course.module(module).id, grade_id=test, accepted=not undo, who=who, why=why, at=now)
        console.print(report.changes_table(grading.accept_all(course, root, module, decision)))
    console.print(report.decisions_table(grading.decision_log(course, root, module)))


@app.command()
def feedback(module: ModuleName, student: Students = None, root: Root = HERE) -> None:
    """Write a page per student: own answers, outcomes, what to look at. Never a hidden test or a solution."""
    from staff.feedback import write_feedback

    course, root = opened(root)
    with bar("feedback") as tell:
        pages = write_feedback(course, root, module, student, progress=tell)
    console.print(f"{len(pages)} pages: feedback/<student>/{course.module(module).id}/{course.module(module).id}.html", highlight=False)


@app.command()
def show(module: ModuleName, root: Root = HERE) -> None:
    """Print a source notebook as text, for review."""
    from staff.show import show as text_of

    course, root = opened(root)
    print(text_of(course, root, module))


@app.command()
def new(
    module: ModuleName,
    task: Annotated[str, typer.Argument(help="The task's name: E4, D2 or AB1.", metavar="TASK")],
    title: Annotated[str, typer.Option(help="The task's title, unless course.yml has it.")] = "",
    points: int = 4,
    minutes: int = 20,
    kind: Annotated[str, typer.Option(help="core or extra")] = "core",
    root: Root = HERE,
) -> None:
    """Append a task from the template to a module's notebook (and make the notebook where there is none)."""
    from staff.new import new_task

    if kind not in ("core", "extra"):
        raise CourseError(f"course new --kind {kind}: a task is `core` or `extra`")
    chosen: Literal["core", "extra"] = "core" if kind == "core" else "extra"
    course, root = opened(root)
    made = new_task(course, root, module, task, title, points=points, minutes=minutes, kind=chosen)
    console.print(f"{made.notebook}: {len(made.cells)} cells, from {made.cells[0]} to {made.cells[-1]}; fill in what says TODO", highlight=False)
    if made.line:
        console.print(f"Paste into course.yml, under modules › {course.module(module).id} › tasks:\n{made.line}", markup=False, highlight=False)


@app.command()
def demo(
    into: Annotated[Path | None, typer.Option("--into", help="Work in this folder instead of the course's own.")] = None,
    root: Root = HERE,
) -> None:
    """Build every release, make a sample class of eight, grade it, write feedback, and show the table and a page."""
    from staff.demo import run_demo
    from staff.release import release as make

    course, root = opened(root)
    with bars() as progress:
        for item in written(course, root, None):
            make(course, root, item, progress=progress)
    run_demo(course, root, console, into)


@app.command()
def reproduce(
    modules: Annotated[list[str] | None, typer.Argument(help="Modules; all by default.")] = None,
    seeds: Annotated[int, typer.Option(help="Run each so often, every time with other seeds.", min=1)] = 3,
    root: Root = HERE,
) -> None:
    """Run source notebooks at their cpu budget and write their parts of RESULTS.md."""
    from staff.reproduce import reproduce as run
    from staff.results_page import missed, results_table

    course, root = opened(root)
    with bar("cpu budget") as tell:
        runs = run(course, root, modules or [], lambda name, done, total: tell(done, total, name), seeds)
    console.print(results_table(runs))
    problems = [problem for item in runs for problem in missed(item)]
    for problem in problems:
        console.print(problem, style="red", markup=False)
    raise typer.Exit(1 if problems else 0)


@app.command()
def slides(
    lecture: Annotated[str | None, typer.Argument(help="A lecture: lec07_flows, lec07 or 7.", metavar="[LECTURE]")] = None,
    every: Annotated[bool, typer.Option("--all", help="Make the slides of every lecture that is written.")] = False,
    root: Root = HERE,
) -> None:
    """Execute a lecture's notebook and make one HTML file of slides in dist/slides that needs no network."""
    from staff.slides import make_slides, written_lectures

    if (lecture is None) != every:
        raise CourseError("course slides: name a lecture (course slides lec07), or give --all")
    course, root = opened(root)
    table = Table("lecture", "slides", "seconds", "MB", "file", title="slides")
    for item in [course.lecture(lecture)] if lecture else written_lectures(course, root):
        with bar(item.id) as tell:
            deck = make_slides(course, root, item, lambda done, total, tell=tell: tell(done, total, ""))  # type: ignore[misc]
        table.add_row(deck.lecture, str(deck.slides), f"{deck.seconds:.0f}", f"{deck.megabytes:.1f}", str(deck.path.relative_to(root)))
    console.print(table)


def main() -> None:
    """Run the command; what a person got wrong is one red message and exit status 2, never a traceback."""
    try:
        app()
    except CourseError as error:
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False)
        sys.exit(2)


if __name__ == "__main__":
    main()
