"""The lint of lectures: the miniature passes, and each rule finds what breaks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from staff.config import load_course
from staff.lint import check_course
from staff.lint_lectures import check_lectures, slides_of
from staff.notebook import write_text
from tests.staff.lecture import LECTURE, MINUTES, cell, lecture_notebook, write_course, write_lecture


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_course(tmp_path / "course")
    return tmp_path / "course"


def rules(root: Path) -> list[str]:
    return sorted({problem.rule for problem in check_lectures(load_course(root), root)})


def named(book: NotebookNode, name: str) -> NotebookNode:
    return next(item for item in book.cells if item.id == name)


def test_the_miniature_has_no_problem(root: Path) -> None:
    assert [str(problem) for problem in check_course(load_course(root), root)] == []


def test_a_lecture_that_is_not_written_is_no_problem(root: Path) -> None:
    (root / "lectures" / LECTURE / f"{LECTURE}.ipynb").unlink()
    (root / "lectures" / LECTURE).rmdir()
    assert rules(root) == []


def test_folders_are_lectures_of_the_course(root: Path) -> None:
    write_text(root / "lectures" / "lec99_other" / "lec99_other.ipynb", "{}")
    (root / "lectures" / LECTURE / f"{LECTURE}.ipynb").rename(root / "lectures" / LECTURE / "draft.ipynb")
    messages = [str(problem) for problem in check_lectures(load_course(root), root)]
    assert len(messages) == 2 and "is no lecture of course.yml" in messages[1] and f"{LECTURE}.ipynb is missing" in messages[0]


def no_slide_type(book: NotebookNode) -> None:
    del named(book, "s5").metadata["slideshow"]


def wrong_slide_type(book: NotebookNode) -> None:
    named(book, "s5").metadata["slideshow"]["slide_type"] = "page"


def too_few(book: NotebookNode) -> None:
    for name in ("s2", "s4"):
        named(book, name).metadata["slideshow"]["slide_type"] = "-"


def too_many(book: NotebookNode) -> None:
    book.cells[2:2] = [
        part for k in range(20) for part in (cell("markdown", f"x{k}", "## x", "slide"), cell("markdown", f"y{k}", "**0 min.** x", "notes"))
    ]


def no_notes(book: NotebookNode) -> None:
    book.cells.remove(named(book, "n7"))


def notes_without_minutes(book: NotebookNode) -> None:
    named(book, "n7").source = "Say it."


def too_long(book: NotebookNode) -> None:
    named(book, "n24").source = "**20 min.** Say it."


def no_question_in_the_last_quarter(book: NotebookNode) -> None:
    named(book, "s23").metadata["tags"] = []


def no_question_in_the_first_quarter(book: NotebookNode) -> None:
    named(book, "s3").metadata["tags"] = []


def no_theory(book: NotebookNode) -> None:
    named(book, "s1").metadata["tags"] = []


def theory_without_derivation(book: NotebookNode) -> None:
    named(book, "s1").source = named(book, "s1").source.replace("Derivation", "Proof")


def references_elsewhere(book: NotebookNode) -> None:
    named(book, "s24").source, named(book, "s22").source = "## Goodbye", "## References"


def no_such_task(book: NotebookNode) -> None:
    named(book, "s2").source = "## Practice\n\nSolve m1-E9."


def no_such_module(book: NotebookNode) -> None:
    named(book, "s2").source = "## Practice\n\nSolve m7-D1."


def outputs_left(book: NotebookNode) -> None:
    named(book, "sum").outputs = [new_output("stream", name="stdout", text="42")]


def a_picture_from_a_host(book: NotebookNode) -> None:
    named(book, "s6").source = "## See\n\n![a flow](https://example.org/flow.png)"


def unknown_metadata(book: NotebookNode) -> None:
    named(book, "s8").metadata["collapsed"] = True


BREAKS: dict[Callable[[NotebookNode], None], str] = {
    no_slide_type: "slideshow",
    wrong_slide_type: "slideshow",
    too_few: "slides",
    too_many: "slides",
    no_notes: "notes",
    notes_without_minutes: "notes",
    too_long: "minutes",
    no_question_in_the_last_quarter: "predict",
    no_question_in_the_first_quarter: "predict",
    no_theory: "theory",
    theory_without_derivation: "theory",
    references_elsewhere: "references",
    no_such_task: "tasks",
    no_such_module: "tasks",
    outputs_left: "outputs",
    a_picture_from_a_host: "offline",
    unknown_metadata: "metadata",
}


@pytest.mark.parametrize("spoil", BREAKS, ids=lambda f: f.__name__)
def test_each_rule_finds_what_breaks_it(root: Path, spoil: Callable[[NotebookNode], None]) -> None:
    book = lecture_notebook()
    spoil(book)
    write_lecture(root, book)
    assert BREAKS[spoil] in rules(root)


@pytest.mark.filterwarnings("ignore:Non-unique cell id")
def test_ids_are_those_of_the_file(root: Path) -> None:
    path = root / "lectures" / LECTURE / f"{LECTURE}.ipynb"
    write_text(path, path.read_text(encoding="utf-8").replace('"id": "s8"', '"id": "s6"'))
    assert rules(root) == ["cell-id"]


def test_a_cell_id_is_no_task_and_a_file_that_is_no_notebook_is_told(root: Path) -> None:
    book = lecture_notebook()
    named(book, "s2").source = "## Practice\n\nThe cell m1-E9-spec is a name only."
    write_lecture(root, book)
    assert rules(root) == []
    write_text(root / "lectures" / LECTURE / f"{LECTURE}.ipynb", "no notebook")
    assert rules(root) == ["notebook"]


def test_slides_begin_where_the_minutes_before_them_end(root: Path) -> None:
    from staff.problems import Sheet

    course = load_course(root)
    sheet = Sheet(course, course.module("m1"), root, "x", lecture_notebook())
    slides = slides_of(sheet)
    assert len(slides) == 25 and slides[10].begins == pytest.approx(10 * MINUTES)
    assert [len(slide.cells) for slide in slides[3:6]] == [2, 3, 2]
