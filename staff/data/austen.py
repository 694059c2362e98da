"""austen.txt.gz: Pride and Prejudice, from the R package janeaustenr."""

from __future__ import annotations

import gzip
from pathlib import Path

from staff.config import CourseError
from staff.data.files import write_bytes
from staff.data.packages import AUSTEN, unpacked
from staff.data.rdata import read_variable

FILE = "austen.txt.gz"


def build(folder: Path) -> Path:
    with unpacked(AUSTEN) as root:
        lines = read_variable((root / AUSTEN.file).with_suffix(""), "prideprejudice")
    text = "\n".join(lines)
    if not text.isascii():
        raise CourseError(f"austen: {sorted(set(text) - set(map(chr, range(128))))} are not ASCII; character models of the course count on ASCII")
    return write_bytes(folder / FILE, gzip.compress(text.encode("ascii"), compresslevel=9, mtime=0))
