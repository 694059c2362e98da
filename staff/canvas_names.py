"""Names of files in Canvas' download of an assignment: whose they are, whether Canvas calls them late, which upload.

Canvas (lib/content_zipper.rb) writes `<sortable name>[_LATE]_<user id>_<attachment id>_<file name>`; the name in small letters without
anything that is no word character. Uploaded again, a file gets `-1`, `-2` … before its ending. A text typed into Canvas ends in
`_text.html`, a link in `_link.html`; with anonymous grading `anon_<letters>` stands instead of name and id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UPLOAD = re.compile(r"^(?P<name>\w+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<file>\d+)_(?P<rest>.+)$")
TYPED = re.compile(r"^(?P<name>\w+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<what>text|link)\.html$")
ANONYMOUS = re.compile(r"^(LATE_)?anon_[A-Za-z0-9]+_(\d+_.+|text\.html|link\.html)$")
AGAIN = r"(-\d+|-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}| ?\(\d+\))?"


@dataclass(frozen=True)
class CanvasName:
    """One file of the download: `user` is Canvas' id of the student, `file` grows with every upload."""

    user: str
    file: int
    late: bool
    rest: str


def parse(name: str) -> CanvasName | None:
    """The parts of an uploaded file's name, or None where it is none of Canvas'."""
    match = None if ANONYMOUS.match(name) else UPLOAD.match(name)
    return CanvasName(match["user"], int(match["file"]), match["late"] is not None, match["rest"]) if match else None


def no_file(name: str) -> str | None:
    """Why a file of the download holds no hand-in, if its name says so."""
    if ANONYMOUS.match(name):
        return "anonymous grading hides whose it is; switch it off at Canvas (Assignment, Edit) and download again"
    match = TYPED.match(name)
    if match:
        kind = "a text typed into Canvas" if match["what"] == "text" else "a link"
        return f"{kind}, not a file; ask the student (Canvas id {match['user']}) to upload the zip"
    return None


def plain_name(name: str, module: str) -> str:
    """The name as the student's computer had it: `m3_flows-2.zip` and `m3_flows (1).zip` become `m3_flows.zip`; others stay, made safe."""
    match = re.fullmatch(rf"(?P<stem>{re.escape(module)}){AGAIN}(?P<end>\.\w+)", name, re.IGNORECASE)
    if match:
        return module + match["end"].lower()
    return safe_name(name)


def safe_name(name: str) -> str:
    """A file's name without anything that a file system or a terminal could take for something else."""
    return re.sub(r"[^\w.() -]", "_", name).lstrip(". ")[-100:] or "unnamed"
