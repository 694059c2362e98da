"""What `course check` asks of a lecture: slides, notes with minutes, prediction questions, theory, valid task names, references."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from staff.config import Course, CourseError, Lecture
from staff.lint_text import CELL_ID, CELL_KEYS, MAX_LINES, NOTEBOOK_KEYS
from staff.notebook import read_notebook, tags
from staff.problems import Problem, Sheet
from staff.slides import TASK, count_slides, notebook_path, slide_type, tasks_of

SLIDES = (25, 40)
MINUTES = (80, 90)  # of 2 × 45
QUARTER = 15
KINDS = ("slide", "subslide", "fragment", "notes", "skip", "-")
NOTE = re.compile(r"^\*\*(\d+(?:\.\d+)?) min\.?\*\*")
THEORY = ("Statement", "Significance", "Derivation")
OUTSIDE = re.compile(r"!\[[^\]]*\]\(\s*https?:|<(?:img|script|link|iframe)\b[^>]*(?:src|href)\s*=\s*[\"']?https?:", re.IGNORECASE)


@dataclass(frozen=True)
class Slide:
    """A slide or subslide: the numbers of its cells, the minute it begins at and how many it takes (None: its notes do not say)."""

    cells: tuple[int, ...]
    begins: float
    minutes: float | None


def check_lectures(course: Course, root: Path) -> list[Problem]:
    """Lint every lecture that is written, and that lectures/ and course.yml agree on names. A lecture not yet written is no problem."""
    problems = list(_folders(course, root))
    for lecture in course.lectures:
        if notebook_path(root, lecture.id).is_file():
            problems += check_lecture(course, root, lecture)
    return problems


def check_lecture(course: Course, root: Path, lecture: Lecture) -> list[Problem]:
    """Lint one lecture's notebook."""
    path = notebook_path(root, lecture.id)
    file = path.relative_to(root).as_posix()
    try:
        notebook = read_notebook(path)
    except CourseError as error:
        return [Problem(file, "", "notebook", str(error))]
    sheet = Sheet(course, course.module(lecture.module), path, file, notebook)
    problems = [*_file(sheet), *_slides(sheet)]
    for index in range(len(sheet.cells)):
        problems += _cell(sheet, index)
    if not problems or all(problem.rule != "slideshow" for problem in problems):
        problems += [*_minutes(sheet), *_theory(sheet), *_references(sheet)]
    return problems


def slides_of(sheet: Sheet) -> list[Slide]:
    """The slides in order; a slide reaches to the next cell of kind slide or subslide."""
    groups: list[list[int]] = []
    for index, cell in enumerate(sheet.cells):
        if slide_type(cell) in ("slide", "subslide") or not groups:
            groups.append([])
        groups[-1].append(index)
    slides, begins = [], 0.0
    for group in groups:
        found = [NOTE.match(sheet.cells[i].source) for i in group if slide_type(sheet.cells[i]) == "notes"]
        minutes = float(found[0][1]) if found and found[0] else None
        slides.append(Slide(tuple(group), begins, minutes))
        begins += minutes or 0.0
    return slides


def _folders(course: Course, root: Path) -> Iterator[Problem]:
    known = {lecture.id for lecture in course.lectures}
    folder = root / "lectures"
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not path.is_dir() or path.name.startswith(("_", ".")):
            continue
        if path.name not in known:
            yield Problem(f"lectures/{path.name}", "", "files", f"{path.name!r} is no lecture of course.yml; rename the folder or add the lecture")
        elif not notebook_path(root, path.name).is_file():
            yield Problem(f"lectures/{path.name}", "", "files", f"{path.name}.ipynb is missing; the notebook is called like its folder")


def _file(sheet: Sheet) -> Iterator[Problem]:
    book = sheet.notebook
    if (book.nbformat, book.nbformat_minor) != (4, 5):
        yield sheet.problem(None, "nbformat", f"nbformat {book.nbformat}.{book.nbformat_minor}; save it as 4.5 (ids of cells need it)")
    if book.metadata.get("kernelspec", {}).get("name") != "python3":
        yield sheet.problem(None, "kernelspec", f"kernelspec.name = {book.metadata.get('kernelspec', {}).get('name')!r}; set it to 'python3'")
    for key in sorted(set(book.metadata) - NOTEBOOK_KEYS):
        yield sheet.problem(None, "metadata", f"metadata.{key} does not belong in a lecture; remove it (known: {sorted(NOTEBOOK_KEYS)})")
    ids = [cell.get("id") for cell in json.loads(sheet.path.read_text(encoding="utf-8"))["cells"]]
    for index, name in enumerate(ids):
        if not CELL_ID.match(str(name or "")) or name in ids[:index]:
            yield sheet.problem(index, "cell-id", f"cell id {name!r}; give each cell a readable slug of its own: letters, digits, - and _")


def _cell(sheet: Sheet, index: int) -> Iterator[Problem]:
    cell = sheet.cells[index]
    if slide_type(cell) not in KINDS:
        yield sheet.problem(index, "slideshow", f"slideshow.slide_type = {slide_type(cell)!r}; set one of {', '.join(KINDS)}")
    if cell.get("outputs") or cell.get("execution_count") is not None:
        yield sheet.problem(index, "outputs", "has outputs or a count; clear them (nbstripout --keep-id)")
    if cell.get("attachments"):
        yield sheet.problem(index, "attachments", f"attachment {sorted(cell.attachments)[0]!r}; draw the picture in code")
    for key in sorted(set(cell.metadata) - CELL_KEYS):
        yield sheet.problem(index, "metadata", f"cell metadata {key!r} does not belong here; remove it (known: {sorted(CELL_KEYS)})")
    if cell.cell_type == "code" and len(cell.source.splitlines()) > MAX_LINES:
        yield sheet.problem(index, "rhythm", f"{len(cell.source.splitlines())} lines; split the cell, {MAX_LINES} is the most")
    if cell.cell_type != "markdown":
        return
    if OUTSIDE.search(cell.source):
        yield sheet.problem(index, "offline", "fetches a picture or a script from a host; draw it in code, slides work with no network")
    yield from _tasks(sheet, index)


def _tasks(sheet: Sheet, index: int) -> Iterator[Problem]:
    """Every m3-D1 in a text is a task of course.yml."""
    for match in TASK.finditer(sheet.cells[index].source):
        tasks = tasks_of(match, sheet.course)
        if match[2] not in tasks:
            known = ", ".join(tasks) or "no task of such a module"
            yield sheet.problem(index, "tasks", f"{match[0]} is no task of course.yml ({known}); correct the name or add the task")


def _slides(sheet: Sheet) -> Iterator[Problem]:
    count = count_slides(sheet.notebook)
    if not SLIDES[0] <= count <= SLIDES[1]:
        yield sheet.problem(None, "slides", f"{count} slides; {SLIDES[0]} to {SLIDES[1]} (slides and subslides) fill 2 × 45 minutes")
    if sheet.cells and slide_type(sheet.cells[0]) != "slide":
        yield sheet.problem(0, "slides", "the first cell begins no slide; make it the title slide (slide_type slide)")


def _minutes(sheet: Sheet) -> Iterator[Problem]:
    """Notes with minutes on every slide, 80 to 90 in all, and a prediction question in each quarter of an hour of them."""
    slides = slides_of(sheet)
    for slide in slides:
        if slide.minutes is None:
            yield sheet.problem(
                slide.cells[0], "notes", "no speaker notes that begin with minutes; add a cell of slide_type notes: '**2 min.** What to say …'"
            )
    if any(slide.minutes is None for slide in slides):
        return
    total = sum(slide.minutes or 0.0 for slide in slides)
    if not MINUTES[0] <= total <= MINUTES[1]:
        yield sheet.problem(None, "minutes", f"the notes add up to {total:g} minutes; {MINUTES[0]} to {MINUTES[1]} are wanted")
    asks = [slide.begins for slide in slides if any("predict" in tags(sheet.cells[i]) for i in slide.cells)]
    for start in range(0, MINUTES[1], QUARTER):
        if not any(start <= begins < start + QUARTER for begins in asks):
            place = f"no slide tagged `predict` begins in minutes {start} to {start + QUARTER}"
            yield sheet.problem(None, "predict", f"{place}; ask the class to predict something there, then compute it")


def _theory(sheet: Sheet) -> Iterator[Problem]:
    text = "\n".join(sheet.cells[i].source for i in sheet.tagged("C"))
    missing = [word for word in THEORY if not re.search(rf"\b{word}\b", text, re.IGNORECASE)]
    if missing:
        yield sheet.problem(
            None, "theory", f"cells tagged `C` do not say: {', '.join(missing)}; theory has statement, significance and derivation in steps"
        )


def _references(sheet: Sheet) -> Iterator[Problem]:
    slides = slides_of(sheet)
    last = "\n".join(sheet.cells[i].source for i in slides[-1].cells) if slides else ""
    if not re.search(r"^#+ .*(references|reading)", last, re.IGNORECASE | re.MULTILINE):
        yield sheet.problem(None, "references", "the last slide is no list of references; end with a slide '## References' (arXiv numbers)")
