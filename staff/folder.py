"""A student's folder: which file is the hand-in, and which checkpoints came with it. Links, huge files and strange paths are refused."""

from __future__ import annotations

import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from staff.handed_in import HandedIn, parse_notebook
from staff.outcomes import Finding, FindingKind

NOTEBOOK_BYTES = 100 * 2**20  # a notebook with 40 MB of output is still graded
CHECKPOINT_BYTES = 64 * 2**20
CHECKPOINTS = 20
ENTRIES = 500
NAMED = 3  # names of files in one finding; unreadable files of one hand-in that are told
CHECKPOINT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.safetensors$")
DAMAGED = (OSError, zipfile.BadZipFile, RuntimeError, EOFError, ValueError, KeyError, zlib.error, lzma.LZMAError)  # what reading may raise
WANTED = (".ipynb", ".zip", ".safetensors")  # what is looked at first where there are more than ENTRIES files
IGNORED = {"timestamp.txt", ".ds_store", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Entry:
    """A file of the hand-in: in the folder, or inside a zip in it."""

    path: Path
    member: str | None
    size: int
    modified: float

    @property
    def name(self) -> str:
        return PurePosixPath(self.member).name if self.member else self.path.name

    @property
    def shown(self) -> str:
        return f"{self.path.name} > {self.name}" if self.member else self.path.name

    def read(self, limit: int) -> bytes | None:
        """The bytes, or None where there are more than `limit` (whatever the zip says of itself) or they can't be read."""
        try:
            if self.member is None:
                with self.path.open("rb") as file:
                    return _bounded(file, limit)
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                return _bounded(file, limit)
        except DAMAGED:
            return None


@dataclass
class Picked:
    """What was read from a folder."""

    read: HandedIn = field(default_factory=HandedIn)
    checkpoints: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def note(self, kind: FindingKind, message: str) -> None:
        self.findings.append(Finding(kind=kind, message=message))


def pick(folder: Path, module: str) -> Picked:
    """Choose and read the notebook of a hand-in: the newest of the right name, else the best guess."""
    picked = Picked()
    entries = list(_entries(folder, picked))
    ranked = [(rank, -entry.modified, entry.shown, entry) for entry in entries if (rank := _rank(entry, module)) is not None]
    candidates = [entry for *_, entry in sorted(ranked, key=lambda row: row[:3])]
    picked.checkpoints = _checkpoints(entries, picked)
    failures: list[Finding] = []
    for entry in candidates:
        data = entry.read(NOTEBOOK_BYTES)
        if data is None:
            message = f"{entry.shown} could not be read or is larger than {NOTEBOOK_BYTES // 2**20} MB; it was not opened"
            failures.append(Finding(kind=FindingKind.MALFORMED, message=message))
            continue
        picked.read = parse_notebook(data, entry.shown)
        if picked.read.cells is not None:
            _remark(picked, entry, candidates, module)
            break
        failures += picked.read.findings
    if picked.read.cells is None:
        picked.read = HandedIn()
        picked.findings += failures[:NAMED]
        if not failures:
            message = f"there is no notebook in the hand-in ({_listing(entries)}): nothing could be graded; hand in {module}.zip or {module}.ipynb"
            picked.note(FindingKind.MALFORMED, message)
    return picked


def _remark(picked: Picked, chosen: Entry, candidates: list[Entry], module: str) -> None:
    """Say it where the name was not the expected one, or where there was a choice."""
    notebooks = [entry for entry in candidates if entry.name.endswith(".ipynb")]
    if len(notebooks) > 1:
        others = [entry.shown for entry in notebooks if entry is not chosen]
        more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
        told = f"several notebooks were handed in; {chosen.shown} was graded, not {', '.join(others[:NAMED])}{more}"
        picked.note(FindingKind.REPAIRED, told)
    if chosen.name != f"{module}.ipynb":
        picked.note(FindingKind.REPAIRED, f"the notebook is called {chosen.name}; it was graded as {module}.ipynb")


def _rank(entry: Entry, module: str) -> int | None:
    """How likely an entry is the notebook: 0 the right name … 4 some other text file; None for what can't be one."""
    name = entry.name.lower()
    if name in IGNORED or name.endswith((".safetensors", ".png", ".jpg", ".pdf", ".pt", ".pkl", ".npy")):
        return None
    if name == f"{module}.ipynb":
        return 0
    if name.endswith(".ipynb"):
        return 1 if name.startswith(module) else 2
    if name.startswith(module):
        return 3
    return 4 if name.endswith((".json", ".txt", ".html", ".htm")) or "." not in name else None


def looked_at(folder: Path) -> list[Path]:
    """The paths in a folder, two levels deep, ENTRIES at most: what can be the hand-in comes before a folder of pictures."""
    return sorted([*folder.glob("*"), *folder.glob("*/*")], key=lambda path: (_is_other(path.name), path))[:ENTRIES]


def _is_other(name: str) -> bool:
    """Whether a file is looked at after those that can be the hand-in."""
    return not name.lower().endswith(WANTED)


def _entries(folder: Path, picked: Picked) -> Iterator[Entry]:
    """The regular files of the folder, two levels deep, and those inside its zips."""
    try:
        paths = looked_at(folder)
    except OSError:
        return
    for path in paths:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode) or (path.parent != folder and path.parent.is_symlink()):
            if path.parent == folder:
                picked.note(FindingKind.MALFORMED, f"{path.name} is a link, not a file; links are not followed")
        elif stat.S_ISREG(about.st_mode) and not path.name.startswith((".", "._")) and path.parent.name != ".ipynb_checkpoints":
            if _is_zip(path):
                yield from _members(path, about.st_mtime, picked)
            else:
                yield Entry(path, None, about.st_size, about.st_mtime)


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


def _members(path: Path, modified: float, picked: Picked) -> Iterator[Entry]:
    """The files in a hand-in zip. Nothing is unpacked by its path: entries are read by name, and only their last part is used."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        picked.note(FindingKind.MALFORMED, f"{path.name} is a broken zip file; please hand in again")
        return
    if len(infos) > ENTRIES:
        picked.note(FindingKind.MALFORMED, f"{path.name} holds {len(infos)} files; {ENTRIES} of them were looked at")
    for info in sorted(infos, key=lambda info: _is_other(info.filename))[:ENTRIES]:
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or "__MACOSX" in inside.parts or ".ipynb_checkpoints" in inside.parts or inside.name.startswith("."):
            continue
        if stat.S_ISLNK(info.external_attr >> 16) or ".." in inside.parts or inside.is_absolute():
            picked.note(FindingKind.MALFORMED, f"{path.name} holds {inside.name} as a link or with a path that leads out of it; it was not opened")
            continue
        yield Entry(path, info.filename, info.file_size, modified)


def _checkpoints(entries: list[Entry], picked: Picked) -> list[Entry]:
    """The checkpoints to stage: plain names, one of each, within the limits."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if not entry.name.endswith(".safetensors"):
            continue
        if not CHECKPOINT.match(entry.name) or entry.size > CHECKPOINT_BYTES or len(found) >= CHECKPOINTS:
            message = f"the checkpoint {entry.name[:80]} was left out: a plain name and at most {CHECKPOINT_BYTES // 2**20} MB are allowed"
            picked.note(FindingKind.MALFORMED, message)
            continue
        found.setdefault(entry.name, entry)
    return list(found.values())


def _listing(entries: list[Entry]) -> str:
    names = [entry.shown for entry in entries if entry.name.lower() not in IGNORED]
    return "found: " + ", ".join(names[:5]) if names else "the folder is empty"


def _bounded(file: IO[bytes], limit: int) -> bytes | None:
    data = file.read(limit + 1)
    return data if len(data) <= limit else None
