"""Slides in a real browser without network: every written lecture fits and is typeset; notes open; printing gives a page a slide."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from nbformat import NotebookNode

from staff.config import load_course
from staff.slides import count_slides, make_slides, notebook_path, written_lectures
from tests.browser.deck import CHROMIUM, opened, print_pdf, problems
from tests.staff.lecture import LECTURE, lecture_notebook, write_course, write_lecture

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install Debian's package `chromium`")


def deck(root: Path, book: NotebookNode) -> Path:
    write_course(root)
    write_lecture(root, book)
    course = load_course(root)
    return make_slides(course, root, course.lecture(LECTURE), lambda done, total: None).path


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deck(tmp_path_factory.mktemp("good") / "course", lecture_notebook())


def test_a_good_deck_has_nothing_to_mend(good: Path) -> None:
    assert problems(good) == []


def test_formulas_are_drawn_without_network(good: Path) -> None:
    with opened(good) as (page, complaints):
        page.evaluate("Reveal.slide(0, 1)")
        assert page.locator("section.present section.present > div mjx-container > svg").count() == 2
        assert complaints == []


def test_the_speaker_view_shows_the_notes(good: Path) -> None:
    with opened(good) as (page, _):
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        notes = popup.value.locator(".speaker-controls-notes .value")
        notes.wait_for(state="visible", timeout=30_000)
        assert "3.4 min." in notes.inner_text() and notes.locator("svg").count() == 1, "typeset, too"


def test_printing_gives_a_page_a_slide(good: Path, tmp_path: Path) -> None:
    print_pdf(good, tmp_path / "slides.pdf")
    pages = re.findall(rb"/Type\s*/Page\b", (tmp_path / "slides.pdf").read_bytes())
    assert len(pages) == 25


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    book = lecture_notebook()
    wrong = {
        "s6": "## Long\n\n" + "\n\n".join(f"line {k}" for k in range(20)),
        "s8": "## Formula\n\n$\\nosuchcommand$",
        "s10": "## Picture\n\n![gone](gone.png)",
        "s12": "## Money\n\nIt costs \\$5 or so.",
        "s14": "## Wide\n\n" + "|".join("abcdefghijklmnopqrstuvwxyz" * 2 for _ in range(4)) + "\n" + "|".join("---" for _ in range(4)),
    }
    for item in book.cells:
        item.source = wrong.get(item.id, item.source)
    found = "\n".join(problems(deck(tmp_path / "course", book)))
    for number, text in (
        (7, "below the edge"),
        (9, "formula refused"),
        (11, "a picture that does not show"),
        (13, "not typeset"),
        (15, "beyond the right edge"),
    ):
        assert re.search(rf"slide {number}: {text}", found), found
    assert not re.search(r"slide (5|6|8|10|12|16):", found), found


@pytest.mark.parametrize("lecture", written_lectures(COURSE, ROOT), ids=lambda item: item.id)
def test_every_written_lecture_fits_its_slides(lecture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_BUDGET", "smoke")
    monkeypatch.setenv("PYTHONPATH", str(ROOT) + os.pathsep + os.environ.get("PYTHONPATH", ""))
    for name in ("lectures", "course.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    made = make_slides(COURSE, tmp_path, lecture, lambda done, total: None)
    assert problems(made.path) == []
    with opened(made.path) as (page, _):
        assert page.evaluate("Reveal.getTotalSlides()") == count_slides_of(lecture.id)


def count_slides_of(lecture: str) -> int:
    from staff.notebook import read_notebook

    return count_slides(read_notebook(notebook_path(ROOT, lecture)))
