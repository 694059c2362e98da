"""A receipt for each hand-in, as text that can be sent: what was found, what is filled in, what is missing, hashes, time, late or not."""

from __future__ import annotations

from pathlib import Path

from staff.config import Course
from staff.deadlines import in_window
from staff.disclosures import cells_of, is_touched
from staff.folder import Picked, pick
from staff.handed_in import HandedIn
from staff.kept import Kept
from staff.late_days import Ruling
from staff.master import Master
from staff.notebook import write_text
from staff.repair import Rebuilt, rebuild

UNREADABLE = "No notebook could be read in it: nothing can be graded. Please hand in again."


def receipt_path(root: Path, kept: Kept) -> Path:
    return root / "feedback" / kept.student / kept.module / f"receipt-{kept.name}.txt"


def refusal_path(root: Path, student: str, module: str) -> Path:
    return root / "feedback" / student / module / "not-taken.txt"


def write_receipt(course: Course, root: Path, master: Master, kept: Kept, ruling: Ruling) -> bool:
    """Write the receipt of a hand-in that has none yet, or whose time or due date has changed since. False where no notebook could be read."""
    path = receipt_path(root, kept)
    head = _head(course, master, kept, ruling)
    if path.is_file() and path.read_text(encoding="utf-8").startswith(head):  # the files of a hand-in never change
        return UNREADABLE not in path.read_text(encoding="utf-8")
    picked = pick(kept.folder(root), kept.module)
    write_text(path, head + _body(master, picked))
    return picked.read.cells is not None


def _head(course: Course, master: Master, kept: Kept, ruling: Ruling) -> str:
    """Whose it is, when it came, which files."""
    lines = [f"Receipt · {course.title}", "", f"student     {kept.student}", f"assignment  {master.module.id} · {master.module.title}"]
    lines += [f"handed in   {said_time(course, kept)}", f"            {lateness(course, kept, ruling)}"]
    if ruling.note:
        lines.append(f"late days   {ruling.note}")
    lines += [f"file        {name}\n            SHA-256 {digest}" for name, digest in sorted(kept.files.items())]
    return "\n".join(lines) + "\n\n"


def _body(master: Master, picked: Picked) -> str:
    """What is in it."""
    built = rebuild(master, picked.read) if picked.read.cells is not None else None
    lines = _contents(master, picked.read, built)
    if picked.checkpoints:
        lines.append(f"Checkpoints: {', '.join(sorted(entry.name for entry in picked.checkpoints))}")
    findings = [*picked.findings, *picked.read.findings, *(built.findings if built else [])]
    if findings:
        lines += ["", "To note:", *(f"- {finding.message}" for finding in findings)]
    lines += ["", "This says what arrived, not what it is worth: tests run when the assignment is graded."]
    return "\n".join(lines) + "\n"


def said_time(course: Course, kept: Kept) -> str:
    when = f"{kept.handed_in.astimezone(course.zone):%d %b %Y, %H:%M:%S} ({course.timezone})"
    return when if kept.exact else f"{when} or earlier: Canvas' download does not tell the minute"


def lateness(course: Course, kept: Kept, ruling: Ruling) -> str:
    """In time, in time by late days, in the re-examination period, or late."""
    due = f"{ruling.until.astimezone(course.zone):%d %b %Y, %H:%M}"
    if kept.handed_in <= ruling.until:
        with_days = f", with {ruling.days} late day{'s' if ruling.days != 1 else ''}" if ruling.granted else ""
        return f"in time (due {due}{with_days})"
    if in_window(course, kept.handed_in):
        return f"in the period of renewed examination (it was due {due})"
    return f"LATE (due {due}): it does not count unless more time was granted"


def _contents(master: Master, read: HandedIn, built: Rebuilt | None) -> list[str]:
    """Which cells are filled, by task, and what is missing."""
    if built is None:
        return [UNREADABLE]
    filled = sum(built.attempted.values())
    lines = [f"Found: the notebook, release {read.version or 'unknown'}; {filled} of {len(built.attempted)} answers are filled in."]
    by_task: dict[str, list[tuple[str, bool]]] = {}
    for cell in master.answers:
        name = cell.grade.point_key if cell.grade else cell.label or ""
        by_task.setdefault(cell.task, []).append((name, built.attempted.get(cell.label or "", False)))
    for task, cells in by_task.items():
        lines.append(f"  {task:<4} " + ", ".join(f"{name} {'filled' if there else 'EMPTY'}" for name, there in cells))
    missing = [f"{task} {name}" for task, cells in by_task.items() for name, there in cells if not there]
    lines.append(f"Missing: {', '.join(missing)}" if missing else "Nothing is missing.")
    if cells_of(master) and not is_touched(master, built.attempted):
        lines.append("The pledge and AI disclosure is untouched: as it is, this notebook DOES NOT COUNT. Fill it in and hand in again.")
    return lines
