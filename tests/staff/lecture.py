"""A lecture in miniature that passes every check: 25 slides of 3.4 minutes, a prediction every 15, theory, references."""

from __future__ import annotations

import shutil
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from staff.notebook import write_notebook, write_text
from tests.staff.tiny import COURSE, write_tiny

ROOT = Path(__file__).parents[2]
LECTURE = "lec01_means"
MINUTES = 3.4
LISTED = f"lectures:\n  - {{id: {LECTURE}, module: m1_tiny, title: Means, at: {{week: 1, day: mon}}}}\n"
THEORY = "## Means\n\n**Statement.** $\\bar x$ is linear. **Significance.** Sums go through. **Derivation.** $$\\tfrac1n\\sum_i (a x_i) = a\\bar x$$"


def cell(kind: str, name: str, source: str, slide_type: str, *tags: str) -> NotebookNode:
    made = new_code_cell(source) if kind == "code" else new_markdown_cell(source)
    made.id, made.metadata = name, {"slideshow": {"slide_type": slide_type}, "tags": list(tags)}
    return made


def lecture_notebook() -> NotebookNode:
    texts = {0: "# Means", 1: THEORY, 2: "## Practice\n\nSolve m1-E1 and m1-D1.", 24: "## References\n\nNone yet, arXiv:0000.00000"}
    cells = []
    for number in range(25):
        tags = ["C"] if number == 1 else ["predict"] if number % 4 == 3 else []
        cells.append(cell("markdown", f"s{number}", texts.get(number, f"## Slide {number}"), "slide" if number % 2 == 0 else "subslide", *tags))
        if number == 4:
            cells.append(cell("code", "sum", "print(6 * 7, '$x$ </script>')", "fragment", "hide-input"))
        cells.append(cell("markdown", f"n{number}", f"**{MINUTES} min.** Say it with $\\alpha$.", "notes"))
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def write_lecture(root: Path, notebook: NotebookNode) -> None:
    write_notebook(root / "lectures" / LECTURE / f"{LECTURE}.ipynb", notebook)


def write_course(root: Path) -> None:
    """The tiny course with its one lecture, the vendored files and the style."""
    write_tiny(root)
    write_text(root / "course.yml", COURSE.replace("lectures: []\n", LISTED))
    write_lecture(root, lecture_notebook())
    shutil.copytree(ROOT / "lectures" / "_reveal", root / "lectures" / "_reveal")
    shutil.copy(ROOT / "lectures" / "slides.css", root / "lectures" / "slides.css")
