"""What all commands of `course` share: the options that many have, the console, progress bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from staff.config import Course, CourseError, Module, load_course

console = Console()

Root = Annotated[Path, typer.Option("--root", help="The course's folder: the one that holds course.yml.")]
ModuleName = Annotated[str, typer.Argument(help="A module: m3_flows, m3 or 3.", metavar="MODULE")]
Students = Annotated[list[str] | None, typer.Option("--student", help="Only this student; may be given several times.")]
HERE = Path()


def opened(root: Path) -> tuple[Course, Path]:
    root = root.resolve()
    return load_course(root), root


def written(course: Course, root: Path, module: str | None) -> list[Module]:
    """The module of that name, or every module that has a source notebook."""
    if module is not None:
        return [course.module(module)]
    return [m for m in course.modules if (root / "source" / m.id / f"{m.id}.ipynb").is_file()]


def save(out: Path, text: str) -> None:
    """Write an export into the file that a person named. Raises CourseError where that can't be."""
    from staff.notebook import write_text

    if out.is_dir():
        raise CourseError(f"--out {out}: a folder; name a file in it")
    try:
        write_text(out, text)
    except OSError as error:
        raise CourseError(f"--out {out}: can't be written ({error.strerror}); name a file in a folder of yours") from None


def bars() -> Progress:
    columns = [SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    return Progress(*columns, console=console)


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar that is told how many of how many are done, and which was last."""
    with bars() as progress:
        task = progress.add_task(title, total=None)

        def tell(done: int, total: int, what: str) -> None:
            progress.update(task, completed=done, total=total, description=f"{title} {what}")

        yield tell
