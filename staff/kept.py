"""attempts/<student>/<module>/: every hand-in that was collected, as it came. Nothing here is ever written over.

Each is a folder `<time>-<hash>` with the files, and beside it `<time>-<hash>.json` that says when and how it came.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from staff.arrivals import FILE_BYTES, Arrival
from staff.config import CourseError
from staff.notebook import write_text

FOLDER = "attempts"


class Kept(BaseModel):
    """One collected hand-in. Where `exact` is false it was handed in at `handed_in` or earlier; `late` is what Canvas says."""

    student: str
    module: str
    name: str
    origin: str
    handed_in: datetime
    exact: bool = True
    late: bool | None = None
    order: int = 0
    files: dict[str, str]  # name -> SHA-256
    sha256: str

    def folder(self, root: Path) -> Path:
        return root / FOLDER / self.student / self.module / self.name

    @property
    def turn(self) -> tuple[datetime, int, str]:
        """Sorts the hand-ins of a student."""
        return self.handed_in, self.order, self.name

    def same(self, other: Kept) -> bool:
        """Whether both are one hand-in: equal files that came the same way. Folders tell nothing but the files."""
        return self.sha256 == other.sha256 and (self.origin == other.origin or "folder" in (self.origin, other.origin))


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Only one process at a time writes into attempts/; the others wait. The lock goes with the process."""
    (root / FOLDER).mkdir(exist_ok=True)
    with (root / FOLDER / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def read_kept(root: Path, student: str, module: str) -> list[Kept]:
    """The student's hand-ins of a module, oldest first. Raises CourseError where a record is broken."""
    found = []
    for path in sorted((root / FOLDER / student / module).glob("*.json")):
        try:
            found.append(Kept.model_validate_json(path.read_bytes()))
        except (ValidationError, OSError):
            raise CourseError(f"{path}: broken; move it and the folder beside it away, then collect again") from None
    return sorted(found, key=lambda kept: kept.turn)


def students_with(root: Path, module: str) -> list[str]:
    return sorted(path.parent.name for path in (root / FOLDER).glob(f"*/{module}") if path.is_dir())


def total_hash(files: dict[str, str]) -> str:
    """Of one file its own hash; of several the hash of their list."""
    if len(files) == 1:
        return next(iter(files.values()))
    return hashlib.sha256("".join(f"{name}\0{digest}\n" for name, digest in sorted(files.items())).encode()).hexdigest()


def stage(arrival: Arrival, module: str, place: Path) -> Kept:
    """Copy an arrival's files into `place`, and say what it is. Raises CourseError where a file changed while it was read."""
    files = {}
    for number, piece in enumerate(arrival.pieces):
        data = piece.entry.read(FILE_BYTES)
        if data is None:
            raise CourseError(f"{piece.entry.shown}: could be read before and can't now; collect again when nobody changes it")
        path = place / piece.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        of_folder = arrival.late is None  # from Canvas: of several notebooks the one uploaded last is the newest
        when = piece.entry.modified if of_folder else arrival.when.timestamp() + number
        os.utime(path, (when, when))
        files[piece.name] = hashlib.sha256(data).hexdigest()
    digest = total_hash(files)
    name = f"{arrival.when.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{digest[:12]}"
    return Kept(
        student=arrival.student, module=module, name=name, origin=arrival.origin, handed_in=arrival.when.astimezone(UTC), exact=arrival.exact,
        late=arrival.late, order=arrival.order, files=files, sha256=digest,
    )  # fmt: skip


def keep(root: Path, kept: Kept, staged: Path) -> bool:
    """Move staged files into their place for ever. False where the hand-in is there already; a better known time of it is taken over."""
    for old in read_kept(root, kept.student, kept.module):
        if old.same(kept):
            if kept.exact and not old.exact and kept.origin == old.origin:
                _write(root, old.model_copy(update={"handed_in": kept.handed_in, "exact": True}))
            return False
    folder = kept.folder(root)
    if folder.exists() and not _record_of(root, kept).exists():  # a killed run copied it and did not note it
        shutil.rmtree(folder)
    number = 1
    while folder.exists():  # the same files at the same second, another way
        number += 1
        kept.name = f"{kept.name.rsplit('+', 1)[0]}+{number}"
        folder = kept.folder(root)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged.rename(folder)
    _write(root, kept)
    return True


def _write(root: Path, kept: Kept) -> None:
    write_text(_record_of(root, kept), kept.model_dump_json(indent=1) + "\n")


def _record_of(root: Path, kept: Kept) -> Path:
    return kept.folder(root).with_name(f"{kept.name}.json")


def is_put(root: Path, kept: Kept) -> bool:
    """Whether this hand-in is the one that is graded."""
    place = root / "submitted" / kept.student / kept.module
    return place.is_dir() and not place.is_symlink() and read_stamp(place) == stamp(kept) and _hash_of(place) == kept.sha256


def put(root: Path, kept: Kept) -> bool:
    """Let `submitted/<student>/<module>` hold this hand-in, in nbgrader's layout. False where it does so already."""
    if is_put(root, kept):
        return False
    place = root / "submitted" / kept.student / kept.module
    place.parent.mkdir(parents=True, exist_ok=True)
    aside, old = (place.with_name(f".{kept.module}.{os.getpid()}.{what}.tmp") for what in ("new", "old"))
    for left in place.parent.glob(f".{kept.module}.*.tmp"):  # of a killed run
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(kept.folder(root), aside)
    (aside / "timestamp.txt").write_text(stamp(kept) + "\n", encoding="utf-8")
    if place.exists():
        place.rename(old)
    aside.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return True


def stamp(kept: Kept) -> str:
    """timestamp.txt as nbgrader writes it."""
    return kept.handed_in.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def read_stamp(folder: Path) -> str:
    path = folder / "timestamp.txt"
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() and not path.is_symlink() else ""


def _hash_of(folder: Path) -> str:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "timestamp.txt"]
    return total_hash({path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths})
