"""`course disclosures`: what students say of their use of generative AI, and whether it is there at all.

A notebook whose cell of pledge and disclosure is untouched, or fails its check, doesn't count (staff/work.py).
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Literal

from staff.attempts import Attempt, read_attempts
from staff.config import Course
from staff.database import reading
from staff.folder import pick
from staff.intake import read_all
from staff.master import Master, MasterCell, load_master, parse_code, unparsed
from staff.moments import Strict
from staff.notebook import grade_id
from staff.outcomes import one_line
from staff.repair import Rebuilt, rebuild
from staff.work import disclosed

State = Literal["untouched", "invalid", "counts", "not graded yet", "nothing to read"]
NO_TOOLS = {"", "[]", "none", "no", "nothing"}
LONGEST = 300


class Disclosure(Strict):
    """What one hand-in says: the names that the cell sets, with their values as text."""

    student: str
    state: State
    said: dict[str, str]
    look: str = ""  # what a person should look at

    @property
    def counts(self) -> bool:
        return self.state in ("counts", "not graded yet")


def cells_of(master: Master) -> list[MasterCell]:
    """The answer cells of pledge and disclosure."""
    return [cell for cell in master.answers if "disclosure" in (cell.label or "")]


def said_in(source: str) -> dict[str, str]:
    """The names that a cell sets at top level, and to what: plain values as text, anything else as it was written. Nothing is run."""
    tree = parse_code(source)
    found: dict[str, str] = {}
    for node in tree.body if tree else []:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = " ".join(one_line(_value(node.value)).split())[:LONGEST]
    return found


def _value(node: ast.expr) -> str:
    """A plain value as text, anything else as it was written."""
    try:
        value = ast.literal_eval(node)
        return ", ".join(str(part) for part in value) if value and isinstance(value, list | tuple) else str(value)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return unparsed(node) or "(can't be shown)"


def is_touched(master: Master, attempted: dict[str, bool]) -> bool:
    """Whether every disclosure cell was filled in; true for a module without one."""
    return all(attempted.get(cell.label or "", False) for cell in cells_of(master))


def disclosures(course: Course, root: Path, module: str) -> list[Disclosure]:
    """What each hand-in in `submitted/` discloses, by student's id."""
    master = load_master(course, root, module)
    with reading(course, root) as connection:
        graded = read_attempts(connection)
    found = []
    for submission in read_all(root, master, course.due(master.module)):
        picked = pick(root / "submitted" / submission.student / master.module.id, master.module.id)
        built = rebuild(master, picked.read) if picked.read.cells is not None else None
        mine = [one for one in graded.get(submission.student, []) if one.module == master.module.id and one.handed_in == submission.handed_in]
        found.append(disclosure(course, master, submission.student, built, mine[-1] if mine else None))
    return found


def disclosure(course: Course, master: Master, student: str, built: Rebuilt | None, graded: Attempt | None) -> Disclosure:
    """What one notebook discloses; `graded` is the same hand-in as it was graded, if it was."""
    if built is None:
        return Disclosure(student=student, state="nothing to read", said={})
    labels = {cell.label for cell in cells_of(master)}
    said: dict[str, str] = {}
    for cell in built.notebook.cells:
        if str(grade_id(cell)) in labels:
            said |= said_in(cell.source)
    if not is_touched(master, built.attempted):
        return Disclosure(student=student, state="untouched", said={})
    state: State = "not graded yet"
    if graded is not None:
        state = "counts" if disclosed(master.module, graded, course.grades) else "invalid"
    tools = said.get("ai_tools", said.get("ai_use", ""))
    uses = tools.strip().lower() not in NO_TOOLS
    forbidden = uses and course.policies.ai.assignments == "forbidden"
    return Disclosure(student=student, state=state, said=said, look="names tools, and the course forbids them" if forbidden else "")
