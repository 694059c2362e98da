"""`course slides`: a lecture's notebook, executed, as one HTML file that needs no network: scripts, styles, fonts and pictures are inside."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellExecutionError
from nbconvert import SlidesExporter
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

from staff.config import Course, CourseError, Lecture, Task
from staff.execution import execute
from staff.notebook import read_notebook, write_text

TEMPLATES = Path(__file__).with_name("templates")
VENDORED = Path("lectures") / "_reveal"  # reveal.js and MathJax as their authors publish them
STYLES = ("reset.css", "reveal.css")
SCRIPTS = ("tex-svg-full.js", "reveal.js", "notes.js")
TASK = re.compile(r"\b(m\d)-((?:E|D|AB)\d+)\b(?!-)")  # m3-D1 in a text; m3-D1-spec is a cell's id
WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Deck:
    """What came of one lecture."""

    lecture: str
    path: Path
    slides: int
    seconds: float
    megabytes: float


def notebook_path(root: Path, lecture: str) -> Path:
    """Where a lecture's notebook is: folder = stem = lecture id."""
    return root / "lectures" / lecture / f"{lecture}.ipynb"


def written_lectures(course: Course, root: Path) -> list[Lecture]:
    """The lectures of course.yml whose notebook exists, in their order."""
    return [lecture for lecture in course.lectures if notebook_path(root, lecture.id).is_file()]


def make_slides(course: Course, root: Path, lecture: Lecture, on_cell: Callable[[int, int], None]) -> Deck:
    """Execute the lecture's notebook and write dist/slides/<id>.html. Raises CourseError naming the file and the remedy."""
    path = notebook_path(root, lecture.id)
    if not path.is_file():
        written = ", ".join(item.id for item in written_lectures(course, root)) or "none yet"
        raise CourseError(f"{path.relative_to(root)}: not written yet; write it, or choose one that is ({written})")
    notebook = read_notebook(path)
    assets = _vendored(root)  # before the execution, which takes a minute
    seconds = _execute(notebook, path.relative_to(root), on_cell)
    page = _page(notebook, course, lecture, assets)
    target = root / "dist" / "slides" / f"{lecture.id}.html"
    write_text(target, page)
    return Deck(lecture.id, target, count_slides(notebook), seconds, len(page.encode()) / 1e6)


def slide_type(cell: NotebookNode) -> str | None:
    """slide, subslide, fragment, notes, skip, - (goes on), or None where the cell has no such metadata."""
    kind = cell.metadata.get("slideshow", {}).get("slide_type")
    return str(kind) if kind is not None else None


def count_slides(notebook: NotebookNode) -> int:
    return sum(slide_type(cell) in ("slide", "subslide") for cell in notebook.cells)


def _vendored(root: Path) -> dict[str, str]:
    """The texts of lectures/_reveal, after comparing their SHA-256 with the list beside them, and of lectures/slides.css."""
    folder = root / VENDORED
    sums_path = folder / "SHA256SUMS"
    if not sums_path.is_file():
        raise CourseError(f"{VENDORED}/SHA256SUMS: not found; restore the folder from git, slides are made of it")
    lines = [line.split() for line in sums_path.read_text(encoding="utf-8").splitlines() if line.strip()]
    sums = {name: digest for digest, name in lines}
    texts = {}
    for name in (*STYLES, *SCRIPTS):
        data = (folder / name).read_bytes() if (folder / name).is_file() else b""
        if hashlib.sha256(data).hexdigest() != sums.get(name):
            raise CourseError(f"{VENDORED}/{name}: missing, or not the file of SHA256SUMS; restore it from git")
        texts[name] = data.decode("utf-8")
    style = root / "lectures" / "slides.css"
    if not style.is_file():
        raise CourseError("lectures/slides.css: not found; restore it from git, it is how the slides look")
    return texts | {"slides.css": style.read_text(encoding="utf-8")}


def _execute(notebook: NotebookNode, name: Path, on_cell: Callable[[int, int], None]) -> float:
    """Run the notebook in an empty folder, with the budget of COURSE_BUDGET; returns the seconds of its code cells."""
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        try:
            return execute(notebook, Path(folder), on_cell, 600)
        except CellExecutionError as error:
            raise CourseError(f"{name} stopped; run it in Jupyter and mend the cell:\n{error}") from None
        except TimeoutError as error:
            raise CourseError(f"{name}: a cell took longer than 10 minutes ({error}); give it a smaller budget") from None


def _page(notebook: NotebookNode, course: Course, lecture: Lecture, assets: dict[str, str]) -> str:
    for cell in notebook.cells:
        _for_slides(cell, course)
    code_colours = HtmlFormatter(style="friendly").get_style_defs(".highlight")
    start = [(TEMPLATES / "slides" / name).read_text(encoding="utf-8") for name in ("formulas.js", "start.js")]
    deck = {
        "title": f"{lecture.title} · {course.title}",
        "running_title": f"{course.title} · {lecture.title}",
        "styles": "\n".join(_inside_style(text) for text in (*(assets[name] for name in STYLES), code_colours, assets["slides.css"])),
        "scripts": [_inside_script(text) for text in (start[0], *(assets[name] for name in SCRIPTS), start[1])],
    }
    exporter = SlidesExporter(template_name="slides", extra_template_basedirs=[str(TEMPLATES)], config=_config())
    body, _ = exporter.from_notebook_node(notebook, resources={"deck": deck})
    return str(body)


def _config() -> Config:
    """Prompts away; the input of cells tagged `hide-input` away, the whole of cells tagged `hide` too."""
    config = Config()
    config.TemplateExporter.exclude_input_prompt = True
    config.TemplateExporter.exclude_output_prompt = True
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_input_tags = {"hide-input"}
    config.TagRemovePreprocessor.remove_all_outputs_tags = {"hide-output"}
    config.HTMLExporter.preprocessors = ["nbconvert.preprocessors.TagRemovePreprocessor"]
    config.HTMLExporter.exclude_anchor_links = True
    return config


def _for_slides(cell: NotebookNode, course: Course) -> None:
    """Progress bars and warnings off; a task's name becomes its badge, with the title of course.yml."""
    if cell.cell_type == "code":
        cell.outputs = [out for out in cell.outputs if not _is_noise(out)]
    elif cell.cell_type == "markdown":
        cell.source = TASK.sub(lambda match: _badge(match, course), cell.source)


def _is_noise(output: Any) -> bool:
    return output.get("name") == "stderr" or WIDGET in output.get("data", {})


def tasks_of(match: re.Match[str], course: Course) -> dict[str, Task]:
    """The tasks of the module that a match of TASK names; none where there is no such module."""
    return next((module.tasks for module in course.modules if module.key == match[1]), {})


def _badge(match: re.Match[str], course: Course) -> str:
    task = tasks_of(match, course).get(match[2])
    title = f" · {task.title}" if task else ""
    return f'<span class="task">Task {match[2]}{title}</span>'


def _inside_script(text: str) -> str:
    """JavaScript that may stand in a <script>: nothing in it ends the element, and no map is looked for."""
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    return text.replace("</script", r"<\/script").replace("<!--", r"<\!--")


def _inside_style(text: str) -> str:
    return text.replace("</style", r"<\/style")
