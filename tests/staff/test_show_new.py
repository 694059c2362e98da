"""The text view of a notebook, and new tasks from a template."""

from __future__ import annotations

from pathlib import Path

import pytest

from staff.config import CourseError, load_course
from staff.lint import check_course, source_path
from staff.new import NewTask, new_task
from staff.notebook import read_notebook, write_notebook
from staff.show import show
from tests.staff.tiny import COURSE, MODULE, tiny_notebook


def template(root: Path) -> None:
    """A template made of the tiny notebook: module m0, functions called todo_…."""
    book = tiny_notebook()
    for cell in book.cells:
        for old, new in (("m1_tiny", "m0_template"), ("m1-", "m0-"), ("double", "todo_e1"), ("weighted_mean", "todo_d1")):
            cell.source, cell.id = cell.source.replace(old, new), cell.id.replace(old, new)
        if "nbgrader" in cell.metadata:
            cell.metadata["nbgrader"]["grade_id"] = cell.id
    write_notebook(root / "source" / "_template" / "_template.ipynb", book)


def added(root: Path, task: str, title: str = "Variance", **options: int) -> NewTask:
    """Add a task and paste its line into course.yml, as a person would."""
    template(root)
    made = new_task(load_course(root), root, "m1", task, title, **options)  # type: ignore[arg-type]
    path = root / "course.yml"
    if made.line:
        path.write_text(path.read_text().replace("lectures: []", f"{made.line}\nlectures: []"))
    return made


def test_show_gives_ids_tags_points_and_code(tiny_course: Path) -> None:
    text = show(load_course(tiny_course), tiny_course, "m1")
    assert "# %% m1-D1-hidden" in text and "points=3" in text and 'tags=["D"]' in text
    assert "\n    return total / w.sum()\n" in text
    assert "# # Means" in text
    assert text == show(load_course(tiny_course), tiny_course, MODULE)
    assert "jupytext" not in text and "grade_id" not in text


@pytest.mark.parametrize(("task", "points"), [("D2", 4), ("E2", 7), ("E2", 2)])
def test_a_new_task_passes_the_lint(tiny_course: Path, task: str, points: int) -> None:
    made = added(tiny_course, task, points=points, minutes=15)
    assert f"m1-{task}-spec" in made.cells and not made.created
    assert check_course(load_course(tiny_course), tiny_course) == []
    wanted = load_course(tiny_course).modules[0].tasks[task]
    assert (wanted.title, wanted.total, wanted.minutes) == ("Variance", points, 15)
    cells = {cell.id: cell for cell in read_notebook(source_path(tiny_course, MODULE)).cells}
    assert cells[f"m1-{task}-spec"].source.startswith(f"### {task} · Variance · {points} points · 15 min\n")
    assert f"todo_{task.lower()}" in cells[f"m1-{task}-hidden"].source
    assert list(cells)[-1] == "handin" and list(cells)[-2] == "summary"


def test_points_of_course_yml_win_and_no_line_is_printed(tiny_course: Path) -> None:
    line = "      D2: {title: Known, kind: extra, points: {check: 1, hidden: 6}, minutes: 9, outcomes: [theory]}\n"
    (tiny_course / "course.yml").write_text(COURSE.replace("lectures: []", f"{line}lectures: []"))
    assert added(tiny_course, "D2", "").line == ""
    assert check_course(load_course(tiny_course), tiny_course) == []


def test_a_module_without_a_notebook_gets_one(tiny_course: Path) -> None:
    source_path(tiny_course, MODULE).unlink()
    made = added(tiny_course, "D2")
    assert made.created
    book = read_notebook(source_path(tiny_course, MODULE))
    assert book.cells[0].source.startswith("# Means\n")
    text = (tiny_course / "course.yml").read_text()
    old = [line for line in text.splitlines() if line.startswith(("      E1:", "      D1:"))]
    (tiny_course / "course.yml").write_text("\n".join(line for line in text.splitlines() if line not in old) + "\n")
    assert check_course(load_course(tiny_course), tiny_course) == []


@pytest.mark.parametrize(
    ("task", "title", "points", "words"),
    [
        ("D1", "Mean", 4, "D1 is there already"),
        ("F1", "Mean", 4, "E1, D2 or AB1"),
        ("AB1", "Open", 4, "no task of tier A+B"),
        ("D2", "", 4, "title"),
        ("D2", "Mean", 1, "give more"),
    ],
)
def test_what_cannot_be_added_is_refused(tiny_course: Path, task: str, title: str, points: int, words: str) -> None:
    before = source_path(tiny_course, MODULE).read_bytes()
    with pytest.raises(CourseError, match=words.replace("+", r"\+")):
        added(tiny_course, task, title, points=points)
    assert source_path(tiny_course, MODULE).read_bytes() == before


def test_unknown_outcomes_are_refused(tiny_course: Path) -> None:
    template(tiny_course)
    with pytest.raises(CourseError, match="'magic' is not under"):
        new_task(load_course(tiny_course), tiny_course, "m1", "D2", "Variance", outcomes=["magic"])
