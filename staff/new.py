"""`course new`: a task from the template in source/_template, put into a module's notebook, which is made when there is none."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Literal

from nbformat import NotebookNode
from pydantic import BaseModel, ValidationError

from staff.config import Course, CourseError, Module, Task, tier_of
from staff.labels import GRADE_ID
from staff.lint import source_path
from staff.lint_ids import expected_flags, heading
from staff.notebook import GradeId, grade_id, read_notebook, tags, write_notebook
from staff.problems import Sheet

KEY, STEM = "m0", "m0_template"  # what stands for the module in the template


class NewTask(BaseModel):
    """What was made: the notebook, the cells' ids, and the line for course.yml ("" where course.yml has the task already)."""

    notebook: str
    created: bool
    cells: list[str]
    line: str


def new_task(
    course: Course,
    root: Path,
    module: Module | str,
    task: str,
    title: str = "",
    *,
    points: int = 4,
    minutes: int = 20,
    kind: Literal["core", "extra"] = "core",
    outcomes: list[str] | None = None,
) -> NewTask:
    """Append `task` (E4, D2, AB1) to the module's notebook, numbered and worth what course.yml says, or what the arguments say.

    Raises CourseError when the task is there already, its name is none, or the template lacks its tier.
    """
    module = course.module(module) if isinstance(module, str) else module
    if not GRADE_ID.match(f"{module.key}-{task}-spec"):
        raise CourseError(f"task {task!r}: a task is called E1, D2 or AB1; choose such a name")
    template = _template(course, root)
    cells = _task_cells(template, task)
    known = module.tasks.get(task)
    wanted = known or _wanted(course, title, _share(cells, points), minutes, kind, outcomes)
    path = source_path(root, module.id)
    created = not path.is_file()
    notebook = _opening(template, course, module) if created else read_notebook(path)
    if any(parsed and parsed.task == task for parsed in (grade_id(cell) for cell in notebook.cells)):
        raise CourseError(f"{path.relative_to(root)}: task {task} is there already; choose another number, or edit its cells")
    made = [_renamed(cell, module, task, wanted) for cell in cells]
    made = [cell for cell in made if _wanted_cell(cell, wanted)]
    place = _place(notebook)
    notebook.cells[place:place] = made
    write_notebook(path, notebook)
    return NewTask(
        notebook=path.relative_to(root).as_posix(), created=created, cells=[cell.id for cell in made], line="" if known else yaml_line(task, wanted)
    )


def yaml_line(name: str, task: Task) -> str:
    """The task as a line for `tasks:` in course.yml."""
    points = ", ".join(f"{key}: {value}" for key, value in task.points.items())
    title = json.dumps(task.title, ensure_ascii=False)
    outcomes = ", ".join(task.outcomes)
    return f"      {name}: {{title: {title}, kind: {task.kind}, points: {{{points}}}, minutes: {task.minutes}, outcomes: [{outcomes}]}}"


def _wanted(course: Course, title: str, points: dict[str, int], minutes: int, kind: str, outcomes: list[str] | None) -> Task:
    """The task as course.yml will say it, checked now rather than when it is pasted."""
    if not title.strip():
        raise CourseError("title: a new task needs one; give it, or put the task into course.yml first")
    named = outcomes or list(course.outcomes)[:1]
    unknown = [outcome for outcome in named if outcome not in course.outcomes]
    if unknown:
        raise CourseError(f"outcome {unknown[0]!r} is not under `outcomes` in course.yml; there are: {', '.join(course.outcomes)}")
    try:
        return Task.model_validate({"title": title, "kind": kind, "points": points, "minutes": minutes, "outcomes": named})
    except ValidationError as error:
        entry = error.errors()[0]
        raise CourseError(f"{'.'.join(map(str, entry['loc']))} = {entry['input']!r}: {entry['msg']}") from None


def _share(cells: list[NotebookNode], total: int) -> dict[str, int]:
    """Points of the template's graded cells: one for the visible check, two for a reflection where there are enough, the rest hidden."""
    keys = [parsed.point_key for parsed in (grade_id(cell) for cell in cells) if parsed and expected_flags(parsed)[1]]
    if total < len(keys):
        keys = [key for key in keys if not key.startswith("reflect")]
    if not keys or total < len(keys):
        raise CourseError(f"points = {total}: the task has {len(keys)} graded cells ({', '.join(keys)}) and each is worth at least 1; give more")
    shares = dict.fromkeys(keys, 1)
    main = next((key for key in keys if key.startswith(("hidden", "code"))), keys[0])
    for key in keys:
        if key.startswith("reflect") and sum(shares.values()) + 2 <= total:
            shares[key] += 1
    shares[main] += total - sum(shares.values())
    return shares


def _template(course: Course, root: Path) -> Sheet:
    path = root / "source" / "_template" / "_template.ipynb"
    return Sheet(course, course.modules[0], path, "source/_template/_template.ipynb", read_notebook(path))


def _task_cells(template: Sheet, task: str) -> list[NotebookNode]:
    """The template's cells for a task of this tier, text and try-it cells between them included."""
    same = [name for name in template.task_names() if tier_of(name) is tier_of(task) and name != "E0"]
    if not same:
        raise CourseError(f"{template.file}: no task of tier {tier_of(task)}; the template has {', '.join(template.task_names())}")
    return [cell for index, cell in enumerate(template.cells) if template.owner(index) == same[0]]


def _opening(template: Sheet, course: Course, module: Module) -> NotebookNode:
    """A notebook for the module with the template's opening and closing cells and no task but the disclosure."""
    notebook = copy.deepcopy(template.notebook)
    kept = [cell for index, cell in enumerate(template.cells) if template.owner(index) in (None, "E0")]
    disclosure = module.tasks.get("E0")
    notebook.cells = [_renamed(cell, module, "E0", disclosure) for cell in kept]
    notebook.cells[0].source = re.sub(r"\A# .*", lambda _: f"# {module.title}", notebook.cells[0].source)
    notebook.metadata["course"] = {"module": module.id, "version": course.version}
    return notebook


def _renamed(cell: NotebookNode, module: Module, task: str, wanted: Task | None) -> NotebookNode:
    """A copy with the template's module and task replaced in ids and text, points and heading from `wanted`."""
    made = copy.deepcopy(cell)
    parsed = grade_id(cell)
    old = parsed.task if parsed else (re.findall(rf"{KEY}-([A-Z]+\d+)-", str(cell.id)) or [""])[0]

    def replaced(text: str) -> str:
        text = text.replace(STEM, module.id).replace(f"{KEY}-", f"{module.key}-")
        return re.sub(rf"\b{old}\b", task, text).replace(f"_{old.lower()}", f"_{task.lower()}") if old else text

    made.id, made.source = replaced(str(cell.id)), replaced(cell.source)
    if parsed:
        new = GradeId(module.key, task, parsed.role, parsed.slug)
        made.id = made.metadata["nbgrader"]["grade_id"] = str(new)
        if wanted and expected_flags(new)[1]:
            made.metadata["nbgrader"]["points"] = wanted.points.get(new.point_key, 0)
        if wanted and parsed.role == "spec":
            _, _, rest = made.source.partition("\n")
            rest = re.sub(r"\b(core|extra)\b", wanted.kind, rest, count=1, flags=re.IGNORECASE)
            made.source = f"{heading(task, wanted)}\n{rest}"
    return made


def _wanted_cell(cell: NotebookNode, task: Task) -> bool:
    """Whether the task has points for the cell; cells that are not graded always stay."""
    parsed = grade_id(cell)
    return parsed is None or not expected_flags(parsed)[1] or parsed.point_key in task.points


def _place(notebook: NotebookNode) -> int:
    """Before the closing part: the last `## ` heading before the hand-in cell, or that cell."""
    handin = next((index for index, cell in enumerate(notebook.cells) if "handin" in tags(cell)), len(notebook.cells))
    tasks = [index for index, cell in enumerate(notebook.cells) if grade_id(cell)]
    headings = [i for i in range(max(tasks, default=-1) + 1, handin) if notebook.cells[i].source.startswith("## Summary")]
    return headings[-1] if headings else handin
