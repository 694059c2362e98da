"""Data files written atomically, with the same bytes for the same content, and the list of their SHA-256 sums."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import numpy as np

from helpers.embedded import SUMS
from staff.config import CourseError
from staff.notebook import write_text

FILE_LIMIT, FOLDER_LIMIT = 5_000_000, 8_000_000  # bytes


def write_bytes(path: Path, content: bytes) -> Path:
    """Write through a temporary name and rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)
    return path


def write_arrays(path: Path, **arrays: np.ndarray) -> Path:
    """A compressed .npz. numpy writes no times into it, so equal arrays give equal bytes (with the same zlib)."""
    if any(array.dtype.hasobject for array in arrays.values()):
        raise CourseError(f"{path}: an array holds Python objects; only numbers and unicode can be loaded without pickle")
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return write_bytes(path, buffer.getvalue())


def data_files(folder: Path) -> list[Path]:
    """The files whose sums are listed: everything but the list itself and hidden files."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name != SUMS and not path.name.startswith("."))


def write_sums(folder: Path) -> Path:
    """The list that `sha256sum --check` and helpers.embedded read."""
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in data_files(folder)]
    write_text(folder / SUMS, "".join(lines))
    return folder / SUMS


def check_sizes(folder: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in data_files(folder)}
    for name, size in sizes.items():
        if size >= FILE_LIMIT:
            raise CourseError(f"{folder / name}: {size:,} bytes, the limit is {FILE_LIMIT:,}; embed fewer items")
    if sum(sizes.values()) >= FOLDER_LIMIT:
        raise CourseError(f"{folder}: {sum(sizes.values()):,} bytes, the limit is {FOLDER_LIMIT:,}; embed fewer items")
