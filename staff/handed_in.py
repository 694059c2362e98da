"""Reading what a student handed in: which file, and which cells are in it. Defensive: nothing here raises on bad input."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from staff.outcomes import Finding, FindingKind

MARKER = re.compile(r"^(<{7}( .*)?|={7}|>{7}( .*)?|\|{7}( .*)?)\r?$", re.MULTILINE)

CELLS = 2000


@dataclass(frozen=True)
class StudentCell:
    """A cell as it was handed in; `label` is its nbgrader grade id, `outputs` are not to be trusted."""

    kind: str
    source: str
    label: str | None = None
    id: str | None = None
    outputs: tuple[dict[str, Any], ...] = ()


@dataclass
class HandedIn:
    """The cells of one file, or None where it could not be read, and what was odd."""

    cells: list[StudentCell] | None = None
    version: str | None = None
    complete: bool = True  # False where the file breaks off
    findings: list[Finding] = field(default_factory=list)


def parse_notebook(data: bytes, name: str) -> HandedIn:
    """Read a notebook of any state: broken files give what can be recovered, and a finding that names the file."""
    if not data.strip(b"\x00 \t\r\n"):
        return _unreadable(f"{name} is empty ({len(data)} bytes): nothing could be graded; please hand in again")
    text = _decode(data)
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body")):
        return _unreadable(f"{name} is a web page, not a notebook: nothing could be graded; download the notebook itself and hand that in")
    document = _load(text)
    if document is not None:
        return _from_document(document, name)
    if len(MARKER.findall(text)) >= 3:
        return _merged(text, name)
    return _truncated(text, name)


def _decode(data: bytes) -> str:
    """Text from bytes: by byte-order mark, else UTF-8; undecodable bytes are replaced."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(encoding, errors="replace")


def _load(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError, MemoryError):
        return None


def _unreadable(message: str) -> HandedIn:
    return HandedIn(findings=[Finding(kind=FindingKind.MALFORMED, message=message)])


def _from_document(document: Any, name: str) -> HandedIn:
    """Cells of a parsed file: nbformat 4, or 2 and 3 with their worksheets."""
    findings = []
    cells = document.get("cells") if isinstance(document, dict) else None
    if isinstance(document, dict) and not isinstance(cells, list):
        sheets = document.get("worksheets")
        if isinstance(sheets, list):
            cells = [cell for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list) for cell in sheet["cells"]]
            old = document.get("nbformat") if document.get("nbformat") in (2, 3) else "2 or 3"
            message = f"{name} is in the old format nbformat {old}; it was upgraded and graded"
            findings.append(Finding(kind=FindingKind.REPAIRED, message=message))
    if not isinstance(cells, list) or not cells:
        return _unreadable(f"{name} is JSON but holds no notebook cells: nothing could be graded; please hand in the notebook itself")
    about = _dict(_dict(document.get("metadata")).get("course"))
    version = about.get("version")
    if len(cells) > CELLS:
        message = f"{name} holds {len(cells)} cells; only the first {CELLS} were looked at"
        findings.append(Finding(kind=FindingKind.MALFORMED, message=message))
    read = [_cell(cell) for cell in cells[:CELLS] if isinstance(cell, dict)]
    return HandedIn(read, version[:40] if isinstance(version, str) else None, findings=findings)


def _cell(cell: dict[str, Any]) -> StudentCell:
    """One cell, whatever its format version; every field is checked, none believed."""
    metadata = _dict(cell.get("metadata"))
    label = _dict(metadata.get("nbgrader")).get("grade_id")
    identity = cell.get("id", metadata.get("id"))
    kind = {"code": "code", "raw": "raw"}.get(str(cell.get("cell_type")), "markdown")
    outputs = cell.get("outputs")
    kept = tuple(output for output in outputs if isinstance(output, dict)) if isinstance(outputs, list) else ()
    source = _text(cell.get("source", cell.get("input")))
    return StudentCell(kind, source, label if isinstance(label, str) else None, identity if isinstance(identity, str) else None, kept)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """A source as text; lone surrogates, which no file can hold, are replaced."""
    joined = "".join(part for part in value if isinstance(part, str)) if isinstance(value, list) else value if isinstance(value, str) else ""
    return joined.replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")


def _merged(text: str, name: str) -> HandedIn:
    """Resolve git's conflict markers to one side, if that gives a notebook."""
    for side in ("first", "second"):
        document = _load(_one_side(text, side))
        if document is not None:
            read = _from_document(document, name)
            message = f"{name} holds git merge markers (<<<<<<<); its {side} side was graded; please resolve the conflict and hand in again"
            read.findings.append(Finding(kind=FindingKind.MALFORMED, message=message))
            return read
    return _unreadable(f"{name} holds git merge markers (<<<<<<<), and neither side is a notebook: nothing could be graded; resolve the conflict")


def _one_side(text: str, side: str) -> str:
    kept, where = [], "both"
    for line in text.splitlines():
        marker = line[:7] if MARKER.match(line) else ""
        if marker:
            where = {"<": "first", "|": "base", "=": "second", ">": "both"}[marker[0]]
        elif where in ("both", side):
            kept.append(line)
    return "\n".join(kept)


def _truncated(text: str, name: str) -> HandedIn:
    """The complete cells of a file that breaks off: they are read one by one until one is not whole."""
    start = re.search(r'"cells"\s*:\s*\[', text)
    if start is None or not text.lstrip().startswith("{"):
        return _unreadable(f"{name} is not a notebook (no JSON): nothing could be graded; please hand in the .ipynb file")
    decoder, position, cells = json.JSONDecoder(strict=False), start.end(), list[StudentCell]()
    while len(cells) < CELLS:
        while position < len(text) and text[position] in " \t\r\n,":
            position += 1
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError, MemoryError):
            break
        if isinstance(value, dict):
            cells.append(_cell(value))
    if not cells:
        return _unreadable(f"{name} breaks off in its first cell: nothing could be graded; please hand in again")
    message = f"{name} breaks off in the middle: its first {len(cells)} cells are whole and were graded; please hand in again"
    return HandedIn(cells, complete=False, findings=[Finding(kind=FindingKind.MALFORMED, message=message)])
