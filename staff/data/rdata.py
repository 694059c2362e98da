"""Reads character vectors out of the lazy-load database of an R package, with the standard library alone.

An .rdx file is a gzip-compressed serialised list: where each variable lies in the .rdb file (offset, length). There, 4 bytes
give the length of the content and zlib-compressed content follows. Format: R Internals, section 1.8 "Serialization Formats".
"""

from __future__ import annotations

import gzip
import struct
import zlib
from pathlib import Path
from typing import Any

from staff.config import CourseError

HAS_ATTRIBUTES, HAS_TAG = 0x200, 0x400  # bits of an item's flags; the low 8 bits are its type
NULL, REFERENCE, SYMBOL, PAIRS, CHARS, LOGICALS, INTEGERS, STRINGS, LIST = 254, 255, 1, 2, 9, 10, 13, 16, 19


class Reader:
    """Items of R's XDR serialisation (big-endian) as Python values; lists with names become dicts."""

    def __init__(self, content: bytes) -> None:
        self.content, self.position, self.symbols = content, 0, list[Any]()
        if content[:2] != b"X\n":
            raise CourseError(f"R data begin with {content[:2]!r}, expected b'X\\n'; only the XDR format is read")
        self.position = 2
        version = self.integers(3)[0]
        if version >= 3:
            self.take(self.integers(1)[0])  # the name of the encoding

    def take(self, count: int) -> bytes:
        part = self.content[self.position : self.position + count]
        if len(part) < count:
            raise CourseError(f"R data end at byte {len(self.content)}, {count - len(part)} too early; download the package again")
        self.position += count
        return part

    def integers(self, count: int) -> tuple[int, ...]:
        return struct.unpack(f">{count}i", self.take(4 * count))

    def item(self) -> Any:
        flags = self.integers(1)[0]
        kind = flags & 0xFF
        if kind == NULL:
            return None
        if kind == REFERENCE:
            return self.symbols[(flags >> 8) - 1]
        if kind == SYMBOL:
            self.symbols.append(self.item())
            return self.symbols[-1]
        if kind == CHARS:
            length = self.integers(1)[0]
            return None if length == -1 else self.take(length).decode("utf-8")
        if kind == PAIRS:
            return self._pairs(flags)
        return self._vector(kind, flags)

    def _pairs(self, flags: int) -> dict[str, Any]:
        if flags & HAS_ATTRIBUTES:
            self.item()
        tag = self.item() if flags & HAS_TAG else ""
        return {tag: self.item(), **(self.item() or {})}

    def _vector(self, kind: int, flags: int) -> Any:
        length = self.integers(1)[0]
        if kind in (LOGICALS, INTEGERS):
            values: Any = list(self.integers(length))
        elif kind in (STRINGS, LIST):
            values = [self.item() for _ in range(length)]
        else:
            raise CourseError(f"R data hold an item of type {kind}, which this reader does not know; add it to staff/data/rdata.py")
        names = ((self.item() or {}) if flags & HAS_ATTRIBUTES else {}).get("names")
        return dict(zip(names, values, strict=True)) if names else values


def read_variable(base: Path, name: str) -> Any:
    """The variable `name` of the database `base`.rdx and `base`.rdb."""
    index = Reader(gzip.decompress(base.with_suffix(".rdx").read_bytes())).item()["variables"]
    if name not in index:
        raise CourseError(f"{base}.rdx: no variable {name!r}; there are: {', '.join(sorted(index))}")
    offset, length = index[name]
    chunk = base.with_suffix(".rdb").read_bytes()[offset : offset + length]
    return Reader(zlib.decompress(chunk[4:])).item()
