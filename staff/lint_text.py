"""Rules on the notebook as a file and as a text: stripped, one format, opening and closing cells, rhythm."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from staff.notebook import tags
from staff.problems import Problem, Sheet, calls, parse

MAX_LINES, MEDIAN_LINES, MAX_RUN = 45, 12, 2
NOTEBOOK_KEYS = {"kernelspec", "language_info", "course"}
CELL_KEYS = {"tags", "nbgrader", "slideshow", "editable", "deletable"}
CELL_ID = re.compile(r"^[a-zA-Z0-9_-]{1,64}$")
FOLDERS = {"data", "artifacts", ".ipynb_checkpoints", "__pycache__"}
CODE_SUFFIXES = {".ipynb", ".py", ".md", ".rmd", ".qmd", ".r", ".jl", ".html"}


def check_file(sheet: Sheet) -> Iterator[Problem]:
    """nbformat 4.5, kernelspec python3, no outputs, unique ids, only known metadata, no attachment."""
    book = sheet.notebook
    if (book.nbformat, book.nbformat_minor) != (4, 5):
        yield sheet.problem(None, "nbformat", f"nbformat {book.nbformat}.{book.nbformat_minor}; save it as 4.5 (ids of cells need it)")
    kernel = book.metadata.get("kernelspec", {}).get("name")
    if kernel != "python3":
        yield sheet.problem(None, "kernelspec", f"kernelspec.name = {kernel!r}; set it to 'python3'")
    if "jupytext" in book.metadata:
        yield sheet.problem(None, "pairing", "metadata.jupytext pairs the notebook with a text file, which would leak solutions; remove the key")
    for key in sorted(set(book.metadata) - NOTEBOOK_KEYS - {"jupytext"}):
        yield sheet.problem(None, "metadata", f"metadata.{key} does not belong in a source notebook; remove it (known: {sorted(NOTEBOOK_KEYS)})")
    named = book.metadata.get("course", {}).get("module")
    if named != sheet.module.id:
        yield sheet.problem(None, "metadata", f"metadata.course.module = {named!r}; set it to {sheet.module.id!r}")
    # nbformat mends missing and repeated ids silently as it reads, so they are taken from the file itself.
    ids = [cell.get("id") for cell in json.loads(sheet.path.read_text(encoding="utf-8"))["cells"]]
    for index, name in enumerate(ids):
        if name in ids[:index] and name is not None:
            yield sheet.problem(index, "cell-id", f"cell id {name!r} stands twice; ids are unique")
        elif not CELL_ID.match(str(name or "")):
            yield sheet.problem(index, "cell-id", f"cell id {name!r}; give it a readable slug of letters, digits, - and _")
    for index in range(len(sheet.cells)):
        yield from _cell_file(sheet, index)


def _cell_file(sheet: Sheet, index: int) -> Iterator[Problem]:
    cell = sheet.cells[index]
    if cell.cell_type not in ("code", "markdown"):
        yield sheet.problem(index, "cell-type", f"cell type {cell.cell_type!r}; use code or markdown")
    if cell.get("outputs"):
        yield sheet.problem(index, "outputs", f"{len(cell.outputs)} outputs; clear them (nbstripout --keep-id)")
    if cell.get("execution_count") is not None:
        yield sheet.problem(index, "outputs", f"execution_count = {cell.execution_count}; clear it (nbstripout --keep-id)")
    if cell.get("attachments"):
        yield sheet.problem(index, "attachments", f"attachment {sorted(cell.attachments)[0]!r}; draw the picture in code or link a file")
    for key in sorted(set(cell.metadata) - CELL_KEYS):
        yield sheet.problem(index, "metadata", f"cell metadata {key!r} does not belong here; remove it (known: {sorted(CELL_KEYS)})")


def check_folder(folder: Path, file: str, module: str) -> Iterator[Problem]:
    """A module's folder holds its one notebook, `data/` and nothing that looks like code; names are ASCII."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if inside.parts[0] in FOLDERS - {"data"} or inside.name.startswith("."):
            continue
        if not re.fullmatch(r"[A-Za-z0-9._-]+", path.name):
            yield Problem(f"{file}/{inside}", "", "file-name", f"the name {path.name!r} is not plain ASCII without spaces; rename it")
        if path.is_file() and path.suffix.lower() in CODE_SUFFIXES and str(inside) != f"{module}.ipynb":
            yield Problem(f"{file}/{inside}", "", "files", f"the folder's only notebook or code file is {module}.ipynb; move {path.name} away")


def check_opening(sheet: Sheet) -> Iterator[Problem]:
    """Title first; device cell and disclosure before the tasks; the hand-in cell is the last code cell."""
    cells = sheet.cells
    if not cells or cells[0].cell_type != "markdown" or not cells[0].source.startswith("# "):
        yield sheet.problem(None, "opening", "the first cell is no title; begin with a markdown cell '# Title' and the learning outcomes")
    tasks = [i for i, parsed in enumerate(sheet.ids) if parsed and parsed.task != "E0"]
    first = min(tasks, default=len(cells))
    device = [i for i in sheet.tagged("device") if (tree := parse(cells[i].source)) and calls(tree, "get_device")]
    if len(device) != 1 or device[0] > first:
        yield sheet.problem(None, "device", f"{len(device)} cells tagged `device` call get_device(); have exactly one, before the first task")
    disclosure = [i for i in sheet.tagged("disclosure") if cells[i].metadata.get("nbgrader", {}).get("grade")]
    if not disclosure or disclosure[0] > first:
        yield sheet.problem(
            None,
            "disclosure",
            "no graded cell tagged `disclosure` before the first task; add the honour pledge and AI disclosure, task E0",
        )
    code = [i for i, _ in sheet.code()]
    handin = sheet.tagged("handin")
    if len(handin) != 1 or handin[0] != code[-1] or not _hands_in(sheet, handin[0]):
        yield sheet.problem(None, "handin", f'the last code cell is tagged `handin` and calls hand_in("{sheet.module.id}"); add or move it')


def _hands_in(sheet: Sheet, index: int) -> bool:
    tree = parse(sheet.cells[index].source)
    found = calls(tree, "hand_in") if tree else []
    return any(getattr(call.args[0], "value", None) == sheet.module.id for call in found if call.args)


def check_rhythm(sheet: Sheet) -> Iterator[Problem]:
    """Code cells have at most 45 lines and a median of at most 12; at most two blocks of code follow each other without text.

    A block is one code cell, or the adjoining cells of one task's sequence (code, answer, check, hidden, and try-it cells among them):
    they belong together, and their text is the spec.
    """
    lengths = []
    for index, cell in sheet.code():
        lengths.append(len(cell.source.splitlines()))
        if lengths[-1] > MAX_LINES:
            yield sheet.problem(index, "rhythm", f"{lengths[-1]} lines; split the cell, {MAX_LINES} is the most")
        if not cell.source.strip():
            yield sheet.problem(index, "rhythm", "an empty code cell; remove it")
    if lengths and median(lengths) > MEDIAN_LINES:
        yield sheet.problem(
            None,
            "rhythm",
            f"the median code cell has {median(lengths):g} lines, at most {MEDIAN_LINES} are wanted; split the long ones",
        )
    run, last = 0, ""
    for index, cell in enumerate(sheet.cells):
        block = _block(sheet, index)
        if cell.cell_type != "code":
            run, last = 0, ""
            continue
        if block != last:
            run, last = run + 1, block
            if run == MAX_RUN + 1:
                yield sheet.problem(index, "rhythm", f"{run} code cells in a row; put text between them that says what we see")


def _block(sheet: Sheet, index: int) -> str:
    """The same string for adjoining cells of one task's sequence, otherwise the cell's own."""
    owner, names = sheet.owner(index), tags(sheet.cells[index])
    in_sequence = sheet.ids[index] is not None or "try" in names
    return f"task {owner}" if owner and in_sequence else f"cell {index}"
