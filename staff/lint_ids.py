"""Rules on grade ids, nbgrader's flags, points, headings, tier tags and the order of a task's cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from staff.config import Task, Tier, tier_of
from staff.notebook import ROLE_FLAGS, GradeId, tags
from staff.problems import TIERS, Problem, Sheet

PATTERN = "mN-<E|D|AB><k>-<spec|code|check|hidden|answer|reflect>[-slug]"
HEADING = re.compile(r"^### (?P<task>\S+) · (?P<title>.+) · (?P<points>\d+) points? · (?P<minutes>\d+) min$")
KNOWN_KEYS = {"schema_version", "grade_id", "grade", "solution", "locked", "task", "points", "cell_type"}


def expected_flags(parsed: GradeId) -> tuple[str, bool, bool, bool]:
    """(cell type, grade, solution, locked) of a role; A+B code is graded by hand, so it has both grade and solution."""
    if parsed.role == "code" and parsed.tier is Tier.AB:
        return ("code", True, True, False)
    return ROLE_FLAGS[parsed.role]


def check_ids(sheet: Sheet, seen: dict[str, str]) -> Iterator[Problem]:
    """Grade ids follow the pattern, belong to the module, are unique in the course (`seen`: id -> file) and equal the cell's id."""
    for index, cell in enumerate(sheet.cells):
        if "nbgrader" not in cell.metadata:
            continue
        text, parsed = cell.metadata["nbgrader"].get("grade_id"), sheet.ids[index]
        if parsed is None:
            yield sheet.problem(index, "grade-id", f"grade_id {text!r} does not follow {PATTERN}; rename it, or drop the cell's nbgrader metadata")
            continue
        if parsed.module != sheet.module.key:
            yield sheet.problem(
                index,
                "grade-id",
                f"grade_id {text!r} is of {parsed.module}; in {sheet.module.id} it begins with {sheet.module.key}-",
            )
        if text in seen:
            yield sheet.problem(index, "grade-id", f"grade_id {text!r} stands also in {seen[text]}; ids are unique in the course, rename one")
        seen.setdefault(str(text), sheet.file)
        if cell.get("id") != text:
            yield sheet.problem(index, "cell-id", f"cell id {cell.get('id')!r} differs from the grade_id; set it to {text!r}")


def check_flags(sheet: Sheet) -> Iterator[Problem]:
    """Role and nbgrader's flags agree."""
    for index, (cell, parsed) in enumerate(zip(sheet.cells, sheet.ids, strict=True)):
        if parsed is None:
            continue
        meta: dict[str, Any] = dict(cell.metadata["nbgrader"])
        kind, grade, solution, locked = expected_flags(parsed)
        wanted = {"schema_version": 3, "grade": grade, "solution": solution, "locked": locked}
        if cell.cell_type != kind:
            yield sheet.problem(index, "flags", f"a {parsed.role} cell is {kind}, this one is {cell.cell_type}; change its type")
        for key, value in wanted.items():
            if meta.get(key) != value or isinstance(meta.get(key), bool) != isinstance(value, bool):
                yield sheet.problem(index, "flags", f"nbgrader.{key} = {meta.get(key)!r}; a {parsed.role} cell of tier {parsed.tier} has {value!r}")
        if meta.get("task"):
            yield sheet.problem(index, "flags", "nbgrader.task = True; the course has no nbgrader task cells, set it to False")
        extra = sorted(set(meta) - KNOWN_KEYS)
        if extra:
            yield sheet.problem(index, "flags", f"nbgrader.{extra[0]} is no key of schema 3; remove it")
        if not grade and "points" in meta:
            yield sheet.problem(index, "points", f"points = {meta['points']!r} on a cell that is not graded; remove the key")


def check_points(sheet: Sheet) -> Iterator[Problem]:
    """The graded cells and their points are those of course.yml, both ways."""
    tasks = sheet.module.tasks
    graded: set[tuple[str, str]] = set()
    for index, (cell, parsed) in enumerate(zip(sheet.cells, sheet.ids, strict=True)):
        if parsed is None or parsed.module != sheet.module.key:
            continue
        task = tasks.get(parsed.task)
        if task is None:
            yield sheet.problem(
                index,
                "points",
                f"task {parsed.task} is not under modules.{sheet.module.id}.tasks in course.yml; add it there or remove the cell",
            )
        elif expected_flags(parsed)[1]:
            graded.add((parsed.task, parsed.point_key))
            points, wanted = cell.metadata["nbgrader"].get("points"), task.points.get(parsed.point_key)
            if wanted is None:
                yield sheet.problem(
                    index,
                    "points",
                    f"course.yml has no points.{parsed.point_key} for {parsed.task}; add it there or remove the cell",
                )
            elif points != wanted:
                yield sheet.problem(index, "points", f"points = {points!r}, course.yml says {wanted}; make them equal")
    for name, task in tasks.items():
        for key in task.points:
            if (name, key) not in graded:
                yield sheet.problem(
                    None,
                    "points",
                    f"course.yml gives {name} {task.points[key]} points for {key!r}, "
                    f"but no cell {sheet.module.key}-{name}-{key} exists; write it or drop the key",
                )


def check_headings(sheet: Sheet) -> Iterator[Problem]:
    """A spec cell's first line states title, total points and minutes as in course.yml, and the text says core or extra."""
    for index, (cell, parsed) in enumerate(zip(sheet.cells, sheet.ids, strict=True)):
        task = sheet.module.tasks.get(parsed.task) if parsed else None
        if parsed is None or parsed.role != "spec" or task is None:
            continue
        first = (cell.source.splitlines() or [""])[0].rstrip()
        found = HEADING.match(first)
        wanted = heading(parsed.task, task)
        said = (found["task"], found["title"], int(found["points"]), int(found["minutes"])) if found else None
        if said != (parsed.task, task.title, task.total, task.minutes):
            yield sheet.problem(index, "heading", f"the heading is {first!r}; by course.yml it is {wanted!r}")
        if not re.search(rf"\b{task.kind}\b", cell.source, re.IGNORECASE):
            yield sheet.problem(index, "heading", f"the text does not say that the task is {task.kind}; add the word")


def heading(name: str, task: Task) -> str:
    """The first line of a task's spec cell."""
    return f"### {name} · {task.title} · {task.total} point{'s' * (task.total != 1)} · {task.minutes} min"


def check_tags(sheet: Sheet) -> Iterator[Problem]:
    """Cells of a task carry its tier's tag and no other. Text between them may go without; setup cells, too."""
    for index, cell in enumerate(sheet.cells):
        names, owner = tags(cell), sheet.owner(index)
        tiers = [name for name in names if name in TIERS]
        optional = sheet.ids[index] is None and (cell.cell_type != "code" or "setup" in names)
        experiment = bool({"try", "train", "figure"} & set(names))
        if owner and (tiers or not optional):
            wanted = tier_of(owner).value
            if tiers != [wanted]:
                yield sheet.problem(index, "tier-tag", f"tier tags {tiers} on a cell of {owner}; it carries exactly {[wanted]}")
        elif len(tiers) > 1 or (experiment and len(tiers) != 1):
            yield sheet.problem(index, "tier-tag", f"tier tags {tiers}; the cell carries exactly one of {sorted(TIERS)}, its task's")
        if len(set(names)) != len(names):
            yield sheet.problem(index, "tier-tag", f"tags {names} repeat one; keep each once")


def check_sequences(sheet: Sheet) -> Iterator[Problem]:
    """Each task's cells stand together and in order: spec, code, try it, check, hidden, answer or reflect."""
    for task in sheet.task_names():
        yield from _contiguous(sheet, task)
        yield from _ordered(sheet, task)
        yield from _complete(sheet, task)


def _contiguous(sheet: Sheet, task: str) -> Iterator[Problem]:
    inside = sheet.of_task(task)
    for index in range(inside[0], inside[-1]):
        parsed = sheet.ids[index]
        if parsed and parsed.task != task:
            yield sheet.problem(index, "sequence", f"{parsed} stands between cells of {task}; move it out, a task's cells stand together")


def _ordered(sheet: Sheet, task: str) -> Iterator[Problem]:
    members = [(index, parsed) for index in sheet.of_task(task) if (parsed := sheet.ids[index])]
    specs = [index for index, parsed in members if parsed.role == "spec"]
    if specs != [members[0][0]]:
        yield sheet.problem(
            members[0][0],
            "sequence",
            f"{task} has {len(specs)} spec cells or does not begin with one; its first cell is its one spec",
        )
    for index, parsed in members:
        before: list[int] = []
        if parsed.role in ("check", "hidden"):
            before = _subjects(members, parsed)
        if parsed.role == "hidden":
            before += [i for i, other in members if other.role == "check" and other.slug == parsed.slug]
        if parsed.role == "reflect":
            before = [i for i, other in members if other.role in ("spec", "code")]
        late = [i for i in before if i > index]
        if late:
            yield sheet.problem(index, "sequence", f"{parsed} stands before {sheet.name(late[0])}; move it behind")


def _subjects(members: list[tuple[int, GradeId]], test: GradeId) -> list[int]:
    """The solution cells a test is about: those of its slug, else all code cells of the task, else its answers."""
    same = [i for i, other in members if other.role in ("code", "answer") and other.slug == test.slug]
    return same or [i for i, other in members if other.role == "code"] or [i for i, other in members if other.role == "answer"]


def _complete(sheet: Sheet, task: str) -> Iterator[Problem]:
    """Code tasks of tiers E and D have a try-it cell, a check and a hidden cell; every answer cell has a test."""
    code = sheet.of_task(task, "code")
    first = sheet.of_task(task)[0]
    if code and tier_of(task) is not Tier.AB:
        for role in ("check", "hidden"):
            if not sheet.of_task(task, role):
                yield sheet.problem(first, "sequence", f"{task} has code but no {role} cell; add {sheet.module.key}-{task}-{role}")
        tests = sheet.of_task(task, "check", "hidden")
        tries = [i for i in sheet.tagged("try") if tests and code[0] < i < tests[-1]]
        if tests and not tries:
            yield sheet.problem(
                first,
                "sequence",
                f"{task} has no cell tagged `try` between its code and its tests; add one that shows a number or a picture",
            )
    for index in sheet.of_task(task, "answer"):
        answer = sheet.ids[index]
        slug = answer.slug if answer else None
        if not any(parsed and parsed.slug == slug for parsed in (sheet.ids[i] for i in sheet.of_task(task, "check", "hidden"))):
            yield sheet.problem(index, "sequence", f"no check or hidden cell with the slug {slug!r} grades this answer; add one")
