"""Rebuilding a notebook from the master's cells, in the master's order, with a student's answers put in.

Rules. A student's cell belongs to the master's cell of its grade id; else of its nbformat id; else of equal text; else, for an
answer that stands in a cell of its own, to the answer cell that defines the same name. Of several filled copies of an answer cell
the last one counts (as it does when the notebook is run from top to bottom); the earlier ones run before it.
Cells that a student added are kept after the cell they followed. From the course's own unlocked cells only imports and
definitions that the student added are kept. Nothing else of the student's crosses.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from staff.handed_in import HandedIn, StudentCell
from staff.master import TEXT_STUB, Master, MasterCell, defined_names, parse_code, unparsed
from staff.notebook import STUB
from staff.outcomes import Finding, FindingKind

ADDED = "added"  # the tag of a student's own cell


@dataclass
class Rebuilt:
    """The rebuilt notebook and what had to be done for it."""

    notebook: NotebookNode
    attempted: dict[str, bool]
    findings: list[Finding] = field(default_factory=list)
    outputs: dict[str, list[dict[str, object]]] = field(default_factory=dict)


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_filled(source: str, cell: MasterCell) -> bool:
    """Whether an answer is there: the text, without its stub, is neither empty nor the blank cell's of any release."""
    stub = squeezed(STUB if cell.kind == "code" else TEXT_STUB)
    blanks = {squeezed(text).replace(stub, "") for text in cell.texts}
    return bool(squeezed(source)) and squeezed(source).replace(stub, "") not in blanks | {""}


def rebuild(master: Master, read: HandedIn) -> Rebuilt:
    """Put the student's answers into the master's cells."""
    cells = read.cells or []
    homes = Places(master).homes(cells)
    notebook = copy.deepcopy(master.notebook)
    built = Rebuilt(notebook, {})
    rows: list[NotebookNode] = [_added(cell.source, "start", number) for number, cell in enumerate(_extras(cells, homes, None))]
    for index, cell in enumerate(master.cells):
        copies = [student for student, home in zip(cells, homes, strict=True) if home == index]
        before, text, after = _placed(cell, copies)
        row = notebook.cells[index]
        row.source = text
        if row.cell_type == "code":
            row.outputs, row.execution_count = [], None
        if cell.solution and cell.label:
            built.attempted[cell.label] = is_filled(text, cell)
        extras = [extra.source for extra in _extras(cells, homes, index)]
        rows += [_added(source, f"{cell.id}-before", n) for n, source in enumerate(before)]
        rows += [row, *(_added(source, cell.id, n) for n, source in enumerate([*after, *extras]))]
        built.outputs[cell.id] = [dict(output) for student in copies for output in student.outputs]
    notebook.cells = rows
    built.findings = _findings(master, read, homes)
    return built


def _placed(cell: MasterCell, copies: list[StudentCell]) -> tuple[list[str], str, list[str]]:
    """What runs before the cell, its text, and what runs after it."""
    if cell.solution:
        filled = [student.source for student in copies if is_filled(student.source, cell)]
        if not filled:
            return [], cell.released, []
        return (filled[:-1] if cell.kind == "code" else []), filled[-1], []
    if cell.locked or cell.kind != "code":
        return [], cell.released, []
    new = [text for student in copies if (text := _new_definitions(student.source, cell.released))]
    return [], cell.released, new[:1]


def _new_definitions(theirs: str, ours: str) -> str:
    """The imports, functions and classes at top level of `theirs` that `ours` has not."""
    if squeezed(theirs) == squeezed(ours):
        return ""
    tree, known = parse_code(theirs), parse_code(ours)
    if tree is None or known is None:
        return ""
    lines = {unparsed(node) for node in known.body}
    names = defined_names(ours)
    kept = []
    for node in tree.body:
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        is_definition = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name not in names
        if (is_import or is_definition) and (text := unparsed(node)) not in lines:
            kept.append(text)
    return "\n".join(kept)


def _added(source: str, after: str, number: int) -> NotebookNode:
    cell = new_code_cell(source)
    cell.id = f"{after}-added-{number + 1}"[-64:]
    cell.metadata["tags"] = [ADDED]
    return cell


def _extras(cells: list[StudentCell], homes: list[int | None], after: int | None) -> list[StudentCell]:
    """The student's own code cells whose nearest matched cell above is `after`."""
    found, above = [], None
    for cell, home in zip(cells, homes, strict=True):
        above = above if home is None else home
        if home is None and above == after and cell.kind == "code" and cell.source.strip():
            found.append(cell)
    return found


@dataclass
class Places:
    """Where the master's cells are found again: index by grade id, by nbformat id, by type and text; and the answer cells."""

    master: Master
    labels: dict[str, int] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    texts: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    answers: list[tuple[int, MasterCell]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for index, known in reversed(list(enumerate(self.master.cells))):  # of equals the first counts
            self.ids[known.id] = index
            if known.label:
                self.labels[known.label] = index
        for index, known in enumerate(self.master.cells):
            for text in {squeezed(given) for given in known.texts}:
                self.texts.setdefault((known.kind, text), []).append(index)
            if known.solution:
                self.answers.append((index, known))

    def homes(self, cells: list[StudentCell]) -> list[int | None]:
        """For each of the student's cells the index of the master's cell that it is, or None. Linear in their number."""
        tagged = [self._by_name_tag(cell) for cell in cells]
        claimed = set(tagged)
        homes = [self._by_text(cell, claimed) if home is None else home for cell, home in zip(cells, tagged, strict=True)]
        taken = {home for cell, home in zip(cells, homes, strict=True) if self._fills(cell, home)}
        for number, cell in enumerate(cells):
            if homes[number] is None:
                homes[number] = home = self._by_answer(cell, taken)
                taken |= {home} if self._fills(cell, home) else set()
        return homes

    def _fills(self, cell: StudentCell, home: int | None) -> bool:
        return home is not None and self.master.cells[home].solution and is_filled(cell.source, self.master.cells[home])

    def _by_name_tag(self, cell: StudentCell) -> int | None:
        """By grade id or nbformat id; where the two name different cells, the one whose names the text defines."""
        by_label, by_id = self.labels.get(cell.label or ""), self.ids.get(cell.id or "")
        if by_label is None or by_id is None or by_label == by_id:
            return by_id if by_label is None else by_label
        defined = defined_names(cell.source)
        first, second = (bool(self.master.cells[index].names & defined) for index in (by_label, by_id))
        return by_id if second and not first else by_label

    def _by_text(self, cell: StudentCell, claimed: set[int | None]) -> int | None:
        """By equal text; of several such cells the first that nobody claims."""
        text = squeezed(cell.source)
        same = self.texts.get((cell.kind, text), []) if text else []
        return next((index for index in same if index not in claimed), same[0] if same else None)

    def _by_answer(self, cell: StudentCell, taken: set[int | None]) -> int | None:
        """An answer in a cell of its own: to the answer cell that defines its name, unless that is filled already."""
        free = [(index, known) for index, known in self.answers if known.kind == cell.kind and index not in taken]
        if cell.kind == "code":
            defined = defined_names(cell.source)
            shared = {index: len(known.names & defined) for index, known in free}
            best = max(shared, key=lambda index: shared[index], default=None)
            return best if best is not None and shared[best] else None
        text = squeezed(cell.source)
        heads = {index: squeezed(known.released.replace(TEXT_STUB, ""))[:60] for index, known in free}
        return next((index for index, head in heads.items() if head and head in text), None)


def _findings(master: Master, read: HandedIn, homes: list[int | None]) -> list[Finding]:
    """What was odd about the cells, one finding for each kind of oddity."""
    cells, version = read.cells or [], read.version
    by_home: dict[int, list[StudentCell]] = {}
    for cell, home in zip(cells, homes, strict=True):
        if home is not None:
            by_home.setdefault(home, []).append(cell)
    labelled = [(i, known) for i, known in enumerate(master.cells) if known.label]
    same_version = version is None or version == master.version
    is_known = same_version or version in master.kept
    changed = [c.label for i, c in labelled if is_known and c.locked and i in by_home and not any(_equals(s, c) for s in by_home[i])]
    missing = [c.label for i, c in labelled if i not in by_home and read.complete]
    twice = [c.label for i, c in labelled if len(by_home.get(i, [])) > 1]
    retyped = [c.label for i, c in labelled if any(s.kind != c.kind for s in by_home.get(i, []))]
    unlabelled = [c.label for i, c in labelled if i in by_home and all(s.label != c.label for s in by_home[i])]
    order = [home for home in homes if home is not None and master.cells[home].label]
    moved = len(set(order)) == len(order) and order != sorted(order)
    notes = [
        (FindingKind.TAMPERED, changed, "locked cells had been changed; the originals were used, no points were lost"),
        (FindingKind.REPAIRED, missing, "cells had been deleted; they were put back"),
        (FindingKind.REPAIRED, twice, "cells stood there more than once; tests ran once, and of answers the last filled one counts"),
        (FindingKind.REPAIRED, retyped, "cells had changed their type (code, text); they were changed back"),
        (FindingKind.REPAIRED, unlabelled, "cells had lost their label or had another one; they were found by their id or text"),
    ]
    findings = [Finding(kind=kind, message=f"{text}: {_list(ids)}") for kind, ids, text in notes if ids]
    if moved:
        findings.append(Finding(kind=FindingKind.REPAIRED, message="cells had been moved; they were graded in their original order"))
    if not same_version:
        message = f"the notebook is of release {version}; it was graded with the tests of {master.version}"
        findings.append(Finding(kind=FindingKind.REPAIRED, message=message))
    return findings


def _equals(student: StudentCell, cell: MasterCell) -> bool:
    return any(squeezed(student.source) == squeezed(text) for text in cell.texts)


def _list(ids: list[str | None]) -> str:
    names = [name for name in ids if name]
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
