"""Intake (trusted): a submitted folder becomes a rebuilt notebook with findings. Bad input gives a finding, never an exception."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from nbformat import NotebookNode

from staff.config import STUDENT_ID
from staff.folder import CHECKPOINT_BYTES, Entry, pick
from staff.master import Master, load_master
from staff.outcomes import Finding, FindingKind
from staff.repair import rebuild

__all__ = ["Master", "Submission", "hand_ins", "load_master", "read_all", "read_each", "read_submission"]


LONGEST_NAME = 100  # letters of a student's id
YEARS = range(2000, 2200)  # a time outside of them can't be converted between zones, or says that a clock was wrong


@dataclass
class Submission:
    """One student's hand-in of one module, ready for an engine.

    `notebook` is None where nothing could be read; its test cells hold the released text, so nothing secret is in it.
    `outputs` are what was handed in, by the master's cell id: for feedback only, and not to be trusted.
    """

    student: str
    module: str
    notebook: NotebookNode | None = None
    findings: list[Finding] = field(default_factory=list)
    attempted: dict[str, bool] = field(default_factory=dict)
    handed_in: datetime | None = None
    outputs: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    checkpoints: list[Entry] = field(default_factory=list)

    def write_checkpoints(self, folder: Path) -> None:
        """Copy the checkpoints into `folder`/artifacts; what can't be read is left out."""
        for entry in self.checkpoints:
            data = entry.read(CHECKPOINT_BYTES)
            if data is not None:
                (folder / "artifacts").mkdir(parents=True, exist_ok=True)
                (folder / "artifacts" / entry.name).write_bytes(data)


def read_submission(folder: Path, master: Master, due: datetime | None) -> Submission:
    """Read `submitted/<student>/<module>`. Whatever is in it, the result is a Submission."""
    submission = Submission(_name(folder.parent.name), master.module.id)
    try:
        _read(submission, folder, master, due)
    except Exception as error:  # a case nobody thought of must not stop the others
        submission.notebook = None
        message = f"reading the hand-in failed ({type(error).__name__}): nothing could be graded; the course team should look at {folder.name}"
        submission.findings.append(Finding(kind=FindingKind.MALFORMED, message=message))
    return submission


def _name(name: str) -> str:
    """A folder's name, as a database and a terminal can hold it: what can't be printed is spelt out, what is too long is cut."""
    shown = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in name)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[:80]}…{hashlib.sha256(shown.encode()).hexdigest()[:12]}"


def _read(submission: Submission, folder: Path, master: Master, due: datetime | None) -> None:
    submission.attempted = {cell.label: False for cell in master.answers if cell.label}
    if not STUDENT_ID.match(submission.student):
        message = f"the folder name {submission.student[:40]!r} can't be a student's id (letters, digits and . _ @ - only); rename it"
        submission.findings.append(Finding(kind=FindingKind.MALFORMED, message=message))
        return
    if folder.is_symlink() or folder.parent.is_symlink():
        submission.findings.append(Finding(kind=FindingKind.MALFORMED, message="the submitted folder is a link; links are not followed"))
        return
    if folder.is_file():
        message = f"there is a file called {folder.name} where the folder with the hand-in should be: nothing could be graded"
        submission.findings.append(Finding(kind=FindingKind.MALFORMED, message=message))
        return
    submission.handed_in, late = handed_in_at(folder, due, ZoneInfo(master.zone))
    picked = pick(folder, master.module.id)
    submission.checkpoints = picked.checkpoints
    submission.findings += [*late, *picked.findings, *picked.read.findings]
    if picked.read.cells is not None:
        built = rebuild(master, picked.read)
        submission.notebook, submission.attempted, submission.outputs = built.notebook, built.attempted, built.outputs
        submission.findings += built.findings


def hand_ins(root: Path, module: str, students: list[str] | None = None) -> dict[str, Path]:
    """Student's id -> the submitted folder of the module, for all or for some students."""
    folders = {_name(folder.parent.name): folder for folder in sorted((root / "submitted").glob(f"*/{module}"))}
    return {student: folder for student, folder in folders.items() if students is None or student in students}


def read_each(folders: Iterable[Path], master: Master, due: datetime | None, moved: Mapping[str, datetime] | None = None) -> Iterator[Submission]:
    """The submissions in these folders, each read when it is asked for; `moved` holds the due dates of those who have their own."""
    for folder in folders:
        yield read_submission(folder, master, (moved or {}).get(folder.parent.name, due))


def read_all(
    root: Path, master: Master, due: datetime | None, students: list[str] | None = None, moved: Mapping[str, datetime] | None = None
) -> list[Submission]:
    """Every submission of the module under `root`/submitted, by student's id."""
    return list(read_each(hand_ins(root, master.module.id, students).values(), master, due, moved))


def handed_in_at(folder: Path, due: datetime | None, zone: ZoneInfo) -> tuple[datetime | None, list[Finding]]:
    """When it was handed in (naive times are UTC, as nbgrader writes them), and whether that was late."""
    path = folder / "timestamp.txt"
    if path.is_symlink() or not path.is_file():
        return None, []
    with path.open("rb") as file:
        text = file.read(200).decode("utf-8", "replace").strip()
    try:
        when = _parse_time(text)
        if when.year not in YEARS:
            raise ValueError(text)
    except (ValueError, OverflowError, TypeError):
        return None, [Finding(kind=FindingKind.MALFORMED, message=f"timestamp.txt holds no time ({text[:40]!r}); the hand-in counts as in time")]
    if due is None or when <= due:
        return when, []
    message = f"handed in {_duration(when - due)} late: {when.astimezone(zone):%d %b %Y %H:%M}, due {due.astimezone(zone):%d %b %Y %H:%M}"
    return when, [Finding(kind=FindingKind.LATE, message=message)]


def _parse_time(text: str) -> datetime:
    """`2026-09-16 21:58:23.9 Europe/Stockholm`, `… UTC`, `… +0200`, or naive ISO (UTC). Raises ValueError for anything else."""
    match = re.match(r"^(\S+[ T]\S+?) ?(UTC|Z|GMT|[A-Za-z_]+/[A-Za-z_/+-]+|[+-]\d\d:?\d\d)?$", text)
    if match is None:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    when, name = match.groups()
    if name is None or name in ("UTC", "Z", "GMT"):
        return datetime.fromisoformat(when).replace(tzinfo=UTC)
    if name[0] in "+-":
        return datetime.fromisoformat(when + name)
    try:
        return datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(name))
    except (KeyError, OSError) as error:  # no such zone, or a folder of zones
        raise ValueError(text) from error


def _duration(late: timedelta) -> str:
    minutes = max(1, int(late.total_seconds() // 60))
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, "day"), (hours, "hour"), (minutes % 60, "minute")]
    said = [f"{count} {unit}{'s' if count != 1 else ''}" for count, unit in parts if count]
    return " ".join(said[:2])
