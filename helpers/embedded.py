"""The data files that come with this package: read only after their SHA-256 has been compared with the list."""

from __future__ import annotations

import gzip
import hashlib
import io
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "data"
SUMS = "SHA256SUMS"  # one line a file, as the command sha256sum writes and checks it


class DataFileError(RuntimeError):
    """A data file of this package is missing or damaged; the message names the file and the remedy."""


def read_bytes(name: str, folder: Path = FOLDER) -> bytes:
    """The content of the data file `name`, checked against the list of SHA-256 sums."""
    expected = _sums(folder).get(name)
    if expected is None:
        raise DataFileError(f"{folder / SUMS}: no line for {name}; {_remedy(SUMS)}")
    content = _read(folder / name)
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise DataFileError(f"{folder / name}: damaged: its SHA-256 is {found[:16]}…, expected {expected[:16]}…; {_remedy(name)}")
    return content


def read_arrays(name: str, folder: Path = FOLDER) -> dict[str, np.ndarray]:
    """The arrays of an .npz file by name; pickled objects are refused."""
    with np.load(io.BytesIO(read_bytes(name, folder)), allow_pickle=False) as arrays:
        return {key: arrays[key] for key in arrays.files}


def read_gzip_text(name: str, folder: Path = FOLDER) -> str:
    """The text of a .txt.gz file."""
    return gzip.decompress(read_bytes(name, folder)).decode("utf-8")


def _sums(folder: Path) -> dict[str, str]:
    lines = _read(folder / SUMS).decode("utf-8").splitlines()
    return {name.lstrip(" *"): digest for digest, _, name in (line.partition(" ") for line in lines)}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataFileError(f"{path}: missing; {_remedy(path.name)}") from None


def _remedy(name: str) -> str:
    return f"install the wheel of helpers again (pip install --force-reinstall), or, in the repository, git checkout -- helpers/data/{name}"
