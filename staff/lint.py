"""`course check`: everything that DESIGN §2 states about a source notebook, as rules with a name each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from staff.config import Course, CourseError, Module
from staff.lint_clones import check_clones
from staff.lint_code import check_code
from staff.lint_ids import check_flags, check_headings, check_ids, check_points, check_sequences, check_tags
from staff.lint_lectures import check_lectures
from staff.lint_markers import check_markers
from staff.lint_oral import check_bank, check_bank_files
from staff.lint_schedule import check_schedule
from staff.lint_tests import check_tests
from staff.lint_text import check_file, check_folder, check_opening, check_rhythm
from staff.notebook import read_notebook
from staff.problems import Problem, Sheet

__all__ = ["Problem", "check_course", "check_module", "check_notebook", "source_path"]


def source_path(root: Path, module: str) -> Path:
    """Where a module's source notebook is: folder = stem = module id."""
    return root / "source" / module / f"{module}.ipynb"


def check_course(course: Course, root: Path) -> list[Problem]:
    """Lint every source notebook, lecture and bank of oral questions, and that the folders and course.yml agree on what there is."""
    problems = [*_folders(course, root), *check_bank_files(course, root), *check_schedule(course)]
    seen: dict[str, str] = {}
    for module in course.modules:
        problems += _hours(course, module)
        if source_path(root, module.id).is_file():
            problems += check_module(course, root, module, seen)
            continue
        problems += check_bank(course, root, module)
        if module.tasks:
            problems.append(
                Problem(
                    "course.yml",
                    "",
                    "files",
                    f"modules.{module.id} has tasks but source/{module.id}/{module.id}.ipynb is missing; write it",
                )
            )
    return problems + check_lectures(course, root)


def check_module(course: Course, root: Path, module: Module, seen: dict[str, str] | None = None) -> list[Problem]:
    """Lint one module: its source notebook, and its questions of the oral exam (which no release waits for)."""
    return [*check_notebook(course, root, module, seen), *check_bank(course, root, module)]


def check_notebook(course: Course, root: Path, module: Module, seen: dict[str, str] | None = None) -> list[Problem]:
    """Lint one module's source notebook. `seen` collects grade ids over the modules of a course."""
    path = source_path(root, module.id)
    file = path.relative_to(root).as_posix()
    try:
        notebook = read_notebook(path)
    except CourseError as error:
        return [Problem(file, "", "notebook", str(error))]
    sheet = Sheet(course, module, path, file, notebook)
    problems = list(check_folder(path.parent, f"source/{module.id}", module.id))
    problems += check_ids(sheet, {} if seen is None else seen)
    for rule in (check_flags, check_points, check_headings, check_tags, check_sequences, check_markers, check_file, check_opening, check_rhythm):
        problems += rule(sheet)
    return [*problems, *check_code(sheet), *check_tests(sheet), *check_clones(sheet)]


def _folders(course: Course, root: Path) -> Iterator[Problem]:
    known = {module.id for module in course.modules}
    source = root / "source"
    for path in sorted(source.iterdir()) if source.is_dir() else []:
        if path.name.startswith(("_", ".")) or path.name == "README.md":
            continue
        if path.name not in known:
            yield Problem(f"source/{path.name}", "", "files", f"{path.name!r} is no module of course.yml; rename the folder or add the module")
        elif not source_path(root, path.name).is_file():
            yield Problem(f"source/{path.name}", "", "files", f"{path.name}.ipynb is missing; the notebook is called like its folder")


def _hours(course: Course, module: Module) -> list[Problem]:
    minutes = sum(task.minutes for task in module.tasks.values() if task.kind == "core")
    limit = course.limits.core_hours
    if minutes <= limit * 60:
        return []
    return [
        Problem(
            "course.yml",
            "",
            "hours",
            f"modules.{module.id}: core tasks take {minutes} minutes, limits.core_hours is {limit:g}; shorten or make some extra",
        )
    ]
