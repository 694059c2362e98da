"""`course slides`: one file that fetches nothing, made of an executed notebook; errors name file and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staff.cli import app
from staff.config import CourseError, load_course
from staff.slides import _inside_script, make_slides
from tests.staff.lecture import LECTURE, cell, lecture_notebook, write_course, write_lecture

# what makes a browser fetch: an attribute of an element, or a style's url() and @import
ELEMENT = re.compile(
    r"<(?:script|link|img|iframe|source|audio|video|object|embed)\b[^>]*?\s(?:src|href|data)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)
STYLE_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']?([^\"';]+)", re.IGNORECASE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The course in miniature and the text of the slides that the command made of it."""
    root = tmp_path_factory.mktemp("course") / "course"
    write_course(root)
    done = CliRunner().invoke(app, ["slides", "1", "--root", str(root)])
    assert done.exit_code == 0, done.output
    return root, (root / "dist" / "slides" / f"{LECTURE}.html").read_text(encoding="utf-8")


def without_scripts(page: str) -> str:
    return re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)


def test_nothing_is_fetched(made: tuple[Path, str]) -> None:
    page = without_scripts(made[1])
    fetched = ELEMENT.findall(page) + [url for pair in STYLE_URL.findall(page) for url in pair if url]
    assert [url for url in fetched if not url.startswith(("data:", "#"))] == []
    assert re.findall(r"<script[^>]+>", made[1]) == [], "every script stands in the file"


def test_scripts_are_whole(made: tuple[Path, str]) -> None:
    scripts = re.findall(r"<script>\n(.*?)\n</script>", made[1], re.DOTALL)
    assert len(scripts) == 5, "formulas.js, MathJax, reveal.js, its notes, start.js"
    assert all("</script" not in text and "<!--" not in text for text in scripts)
    assert "sourceMappingURL" not in made[1]


def test_the_notebook_was_executed_and_its_parts_are_there(made: tuple[Path, str]) -> None:
    page = without_scripts(made[1])
    assert "42 $x$ &lt;/script&gt;" in page and "6 * 7" not in page, "the output is shown, the input of hide-input is not"
    assert page.count('<aside class="notes">') == 25
    assert page.count("<section") == 25 + 13, "subslides, each within its slide"
    assert '<span class="task">Task E1 · Doubling</span>' in page and "m1-E1" not in page
    assert "celltag_predict" in page and 'class="fragment"' in page


def test_a_cell_that_fails_is_told(made: tuple[Path, str]) -> None:
    root = made[0]
    book = lecture_notebook()
    book.cells.insert(3, cell("code", "wrong", "1 / 0", "-"))
    write_lecture(root, book)
    with pytest.raises(CourseError, match=rf"(?s){LECTURE}\.ipynb stopped.*ZeroDivisionError"):
        make_slides(load_course(root), root, load_course(root).lecture("1"), lambda done, total: None)


def test_errors_name_what_is_wrong(tmp_path: Path) -> None:
    root = tmp_path / "course"
    write_course(root)
    course = load_course(root)
    with pytest.raises(CourseError, match=f"no lecture 'lec77'.*{LECTURE}"):
        course.lecture("lec77")
    (root / "lectures" / "_reveal" / "reveal.js").write_text("changed", encoding="utf-8")
    with pytest.raises(CourseError, match=r"_reveal/reveal\.js: missing, or not the file of SHA256SUMS"):
        make_slides(course, root, course.lecture("lec01"), lambda done, total: None)
    (root / "lectures" / LECTURE / f"{LECTURE}.ipynb").unlink()
    with pytest.raises(CourseError, match="not written yet"):
        make_slides(course, root, course.lecture(LECTURE), lambda done, total: None)
    assert isinstance(CliRunner().invoke(app, ["slides", "--root", str(root)]).exception, CourseError)
    assert CliRunner().invoke(app, ["slides", "--all", "--root", str(root)]).exit_code == 0, "no lecture written: nothing to do"


def test_nothing_in_a_script_ends_it() -> None:
    assert _inside_script('a = "</script><!-- x";\n//# sourceMappingURL=a.js.map') == 'a = "<\\/script><\\!-- x";\n'
