"""What arrived, and of whom: Canvas' download, a folder of files, nbgrader's exchange. Nothing is unpacked or written here.

A file that can't be taken is refused with a word about it; it stops no other.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from staff.canvas_names import CanvasName, no_file, parse, plain_name, safe_name
from staff.config import STUDENT_ID, Course, CourseError, Module
from staff.folder import IGNORED, Entry, looked_at
from staff.outcomes import one_line
from staff.roster import HOW, Roster

FILE_BYTES = 256 * 2**20  # of one file that a student uploads
UNPACKED_BYTES = 1536 * 2**20  # a notebook and twenty checkpoints
RATIO = 200  # a zip that shrinks more than so is made to fill a disk
SMALL = 64 * 2**20  # … unless all of it is small
MEMBERS = 5000


@dataclass(frozen=True)
class Piece:
    """One file of a hand-in: the name it is kept by, and where it is now."""

    name: str
    entry: Entry


@dataclass
class Arrival:
    """One hand-in of one student. Where `exact` is false, it was handed in at `when` or earlier; `late` is what Canvas says."""

    student: str
    origin: str
    when: datetime
    pieces: list[Piece]
    exact: bool = True
    late: bool | None = None
    order: int = 0


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why; `student` where it is known whose it was."""

    file: str
    why: str
    student: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", one_line(self.file)[:200])


@dataclass
class Arrived:
    arrivals: list[Arrival] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    doubts: list[Refused] = field(default_factory=list)  # taken, but a person should look

    def refuse(self, file: str, why: str, student: str = "") -> None:
        self.refused.append(Refused(file, why, student))


def look(course: Course, module: Module, path: Path, roster: Roster | None, known: set[str]) -> Arrived:
    """Everything in a zip from Canvas or in a folder. Raises CourseError where it is neither, or a roster is needed and not there."""
    if path.is_file() and zipfile.is_zipfile(path):
        return _canvas(course, module, list(_members(path)), roster, path.name)
    if not path.is_dir():
        what = "no such file or folder" if not path.exists() else "neither a zip file nor a folder"
        raise CourseError(f"{path}: {what}; give Canvas' download, a folder of hand-ins, or `exchange`")
    files = [entry for entry in _files(path) if not entry.path.is_symlink()]
    named = [entry for entry in files if parse(entry.name) or no_file(entry.name)]
    arrived = _canvas(course, module, named, roster, path.name) if named else Arrived()
    _folder(course, module, path, arrived, roster.students if roster else known, roster is not None)
    return arrived


def _members(path: Path) -> Iterator[Entry]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise CourseError(f"{path}: can't be read as a zip file ({error}); download it again") from None
    if len(infos) > MEMBERS:
        raise CourseError(f"{path}: holds {len(infos)} files, {MEMBERS} at most are read; is it Canvas' download of one assignment?")
    modified = path.stat().st_mtime
    for info in infos:
        if not info.is_dir():
            yield Entry(path, info.filename, info.file_size, modified)


def _files(folder: Path) -> Iterator[Entry]:
    for path in sorted(folder.iterdir()):
        about = path.lstat()
        if stat.S_ISREG(about.st_mode) and not path.name.startswith(".") and path.name.lower() not in IGNORED:
            yield Entry(path, None, about.st_size, about.st_mtime)


def _canvas(course: Course, module: Module, entries: list[Entry], roster: Roster | None, source: str) -> Arrived:
    """The files of Canvas' download, in hand-ins: of one student, a name that comes again begins the next one."""
    if roster is None:
        raise CourseError(f"{source}: Canvas' files carry its own ids, and there is no roster.csv; {HOW}")
    arrived = Arrived()
    by_student: dict[str, list[tuple[CanvasName, Entry]]] = {}
    for entry in entries:
        inside = PurePosixPath((entry.member or entry.name).replace("\\", "/"))
        if "__MACOSX" in inside.parts or (inside.name.startswith(".") and ".." not in inside.parts) or inside.name.lower() in IGNORED:
            continue
        name = parse(inside.name)
        if inside.is_absolute() or ".." in inside.parts:
            arrived.refuse(entry.member or entry.name, "its path leads out of the zip; it was not opened")
        elif name is None:
            arrived.refuse(inside.name, no_file(inside.name) or _unnamed(inside.name))
        elif name.user not in roster.by_canvas:
            arrived.refuse(inside.name, f"Canvas id {name.user} is not in {roster.path.name}; add a row for it and run it again")
        else:
            student = roster.by_canvas[name.user]
            why = refusal(course, module, plain_name(name.rest, module.id), entry)
            if why:
                arrived.refuse(inside.name, why, student)
            else:
                by_student.setdefault(student, []).append((name, entry))
    for student, files in sorted(by_student.items()):
        arrived.arrivals += _in_turn(student, sorted(files, key=lambda one: one[0].file), module)
    return arrived


def _unnamed(name: str) -> str:
    remedy = "a zip in the zip? unpack it, and collect what is in it" if name.lower().endswith(".zip") else "whose is it?"
    return f"not named as Canvas names files (name_12345_67890_file); {remedy}"


def _in_turn(student: str, files: Iterable[tuple[CanvasName, Entry]], module: Module) -> Iterator[Arrival]:
    """Canvas numbers uploads as they come; `m3.zip` and `m3.ipynb` are one hand-in, `m3.zip` and `m3-1.zip` two."""
    current: Arrival | None = None
    for name, entry in files:
        plain = plain_name(name.rest, module.id)
        if current is not None and plain not in {piece.name for piece in current.pieces}:
            current.pieces.append(Piece(plain, entry))
            continue
        if current is not None:
            yield current
        when = datetime.fromtimestamp(int(entry.modified), UTC)
        current = Arrival(student, f"canvas {name.file}", when, [Piece(plain, entry)], False, name.late, name.file)
    if current is not None:
        yield current


def _folder(course: Course, module: Module, folder: Path, arrived: Arrived, known: set[str], strict: bool) -> None:
    """Files and folders that are named after students."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name.lower() in IGNORED or (path.is_file() and (parse(path.name) or no_file(path.name))):
            continue
        student = path.name if path.is_dir() else owner(path.name, module, known)
        if path.is_symlink():
            arrived.refuse(path.name, "a link, not a file; links are not followed")
        elif student is None or not STUDENT_ID.match(student):
            arrived.refuse(path.name, f"can't tell whose it is; call it STUDENT_{module.id}.zip, or put it into a folder of the student's name")
        elif strict and student not in known:
            arrived.refuse(path.name, f"student {student!r} is not in roster.csv; add a row, or correct the name")
        else:
            inner = path / module.id if path.is_dir() and (path / module.id).is_dir() else path
            arrival, refused = taken(course, module, student, inner)
            arrived.refused += refused
            if arrival:
                arrived.arrivals.append(arrival)
                if known and student not in known:
                    arrived.doubts.append(
                        Refused(path.name, f"nobody was called {student} before; if that is a slip, `course forget {student}`", student)
                    )


def owner(name: str, module: Module, known: set[str]) -> str | None:
    """Whose a file is, by its name: `alice.zip`, `alice_m3_flows.zip`, `m3_flows_alice (1).ipynb`."""
    stem = re.sub(r"( ?\(\d+\)|-\d+)$", "", PurePosixPath(name).stem)
    for pattern in (rf"^(?P<s>.+?)[_ -]+{re.escape(module.id)}$", rf"^{re.escape(module.id)}[_ -]+(?P<s>.+)$"):
        match = re.match(pattern, stem)
        if match:
            return match["s"]
    return stem if stem in known or (not known and STUDENT_ID.match(stem) and stem != module.id) else None


def taken(course: Course, module: Module, student: str, path: Path) -> tuple[Arrival | None, list[Refused]]:
    """A hand-in that is a file or a folder of files, two levels deep."""
    pieces, refused, newest = [], [], 0.0
    for file in [path] if path.is_file() else looked_at(path):
        about = file.lstat()
        inside = file.name if path.is_file() else file.relative_to(path).as_posix()
        hidden = any(part.startswith(".") for part in PurePosixPath(inside).parts)
        if stat.S_ISLNK(about.st_mode) or file.parent.is_symlink():
            refused.append(Refused(f"{path.name}/{inside}", "a link, not a file; links are not followed", student))
        elif stat.S_ISREG(about.st_mode) and not hidden and file.name.lower() not in IGNORED:
            entry = Entry(file, None, about.st_size, about.st_mtime)
            name = module.id + file.suffix.lower() if path.is_file() else "/".join(safe_name(part) for part in inside.split("/"))
            why = refusal(course, module, name, entry)
            if why:
                refused.append(Refused(inside, why, student))
            else:
                pieces.append(Piece(name, entry))
                newest = max(newest, about.st_mtime)
    if not pieces:
        if not refused:
            refused.append(Refused(path.name, "an empty folder; nothing was handed in", student))
        return None, refused
    return Arrival(student, "folder", datetime.fromtimestamp(int(newest), UTC), pieces), refused


def refusal(course: Course, module: Module, name: str, entry: Entry) -> str | None:
    """Why a file is not taken: another module's, too large, unreadable, or a zip made to fill a disk."""
    others = [other for other in course.modules if other.id != module.id and re.match(rf"{other.id}\b|{other.id}[-_ ]", name.lower())]
    if others:
        return f"by its name a hand-in of {others[0].id}, not of {module.id}; collect it with `course collect {others[0].key}`"
    data = entry.read(FILE_BYTES)
    if data is None:
        size = f"larger than {FILE_BYTES // 2**20} MB" if entry.size > FILE_BYTES else "damaged, or locked by a password,"
        return f"{size} or not what it says it is; it was not opened"
    return bomb(data)


def bomb(data: bytes) -> str | None:
    """Why a student's zip is not taken; one that is only broken is kept, and grading says so."""
    if data[:4] != b"PK\x03\x04":
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = [info.file_size for info in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None
    if sum(sizes) > UNPACKED_BYTES or len(sizes) > MEMBERS or (sum(sizes) > SMALL and sum(sizes) > RATIO * len(data)):
        return f"a zip of {len(data) / 1e6:.1f} MB that unpacks to {len(sizes)} files of {sum(sizes) / 1e6:.0f} MB in all; it was not opened"
    return None
