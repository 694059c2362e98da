"""Released versions of a module: what students were given before, what a correction changed, and the errata they read.

A corrected release keeps every id and every name that setup cells give; so the tests of today grade answers to any version.
"""

from __future__ import annotations

import re
from pathlib import Path

from nbformat import NotebookNode

from staff.config import Course, CourseError, Module
from staff.notebook import grade_id, read_notebook, tags, write_text
from staff.problems import names_left

ERRATA = "ERRATA.md"


def earlier_releases(root: Path, module: str) -> dict[str, NotebookNode]:
    """Version -> what students were given, oldest first, for every version but the one in release/."""
    paths = list((root / "released" / module).glob("*.ipynb"))
    for path in paths:
        if not re.fullmatch(r"\d+\.\d+", path.stem):
            raise CourseError(f"{path}: the name is no version such as 2026.1; `course release` writes this folder, take the file out")
    paths.sort(key=lambda path: _number(path.stem))
    return {path.stem: read_notebook(path) for path in paths}


def _number(version: str) -> list[int]:
    """2026.10 comes after 2026.9."""
    return [int(part) for part in version.split(".")]


def keep_release(root: Path, module: str, version: str) -> Path | None:
    """Before `version` replaces it: copy what is in release/ to released/, if it is of another version. Returns the copy."""
    path = root / "release" / module / f"{module}.ipynb"
    was = read_notebook(path).metadata.get("course", {}).get("version") if path.is_file() else None
    if not was or was == version:
        return None
    copy = root / "released" / module / f"{was}.ipynb"
    write_text(copy, path.read_text(encoding="utf-8"))
    return copy


def version_problems(course: Course, module: Module, previous: list[NotebookNode], release: NotebookNode) -> list[str]:
    """What a release of another version must not do: lose an id or a name of a setup cell, or change a task without a word in `errata`."""
    problems = [problem for notebook in previous for problem in [*lost_ids(notebook, release), *_lost_names(notebook, release)]]
    others = [notebook for notebook in previous if notebook.metadata.get("course", {}).get("version") != course.version]
    changed = sorted({name for notebook in others[-1:] for name in _changed(notebook, release)})
    if changed and course.version not in module.errata:
        listed = ", ".join(changed[:6]) + (f" and {len(changed) - 6} more" if len(changed) > 6 else "")
        remedy = f'say what was corrected in course.yml: modules.{module.id}.errata: {{"{course.version}": [a line for each correction]}}'
        problems.append(f"{listed} changed since {others[-1].metadata['course'].get('version')}; {remedy}")
    return list(dict.fromkeys(problems))


def errata_page(module: Module) -> str:
    """What was corrected, newest first, for the students' folder."""
    parts = [f"# Corrections to {module.title}\n"]
    for version in sorted(module.errata, key=_number, reverse=True):
        parts.append(f"\n## Release {version}\n\n" + "".join(f"- {line}\n" for line in module.errata[version]))
    return "".join([*parts, "\nA notebook of an earlier release is graded, too: cells and names stay the same.\n"])


def lost_ids(previous: NotebookNode, release: NotebookNode) -> list[str]:
    """Grade ids of an earlier release that are gone: ids are for ever."""
    now = {cell.id for cell in release.cells} | {str(parsed) for cell in release.cells if (parsed := grade_id(cell))}
    was = [str(parsed) for cell in previous.cells if (parsed := grade_id(cell))]
    return [f"{name} was released before and is gone; keep the id (a withdrawn task keeps its cells)" for name in was if name not in now]


def _lost_names(previous: NotebookNode, release: NotebookNode) -> list[str]:
    """Names that setup cells gave: answers to the earlier release may use them."""
    lost = sorted(_setup_names(previous) - _setup_names(release))
    return [f"{name} was given by a setup cell before and is gone; answers may use it, so keep it" for name in lost]


def _setup_names(notebook: NotebookNode) -> set[str]:
    return {name for cell in notebook.cells if cell.cell_type == "code" and "setup" in tags(cell) for name in names_left(cell.source)}


def _changed(previous: NotebookNode, release: NotebookNode) -> list[str]:
    """Grade ids of cells that were there before with another text."""
    was, now = ({str(parsed): cell.source.strip() for cell in notebook.cells if (parsed := grade_id(cell))} for notebook in (previous, release))
    return [name for name, text in now.items() if was.get(name, text) != text]
