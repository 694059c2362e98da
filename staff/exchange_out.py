"""nbgrader's exchange, through nbgrader's own API: what JupyterLab's assignment list shows to students.

Where the exchange is, nbgrader's configuration says: `c.Exchange.root` in nbgrader_config.py, here or in a Jupyter folder.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Any

from staff.config import Course, CourseError
from staff.exchange import asking, nbgrader_config


class State(StrEnum):
    """How a module stands in the exchange."""

    ABSENT = "not there"
    SAME = "as released"
    OTHER = "another version"


def exchange_root(course: Course, root: Path) -> Path:
    """Where the exchange is. Raises CourseError where there is none that we can write to."""
    folder = Path(_api(course, root).exchange_root)
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        remedy = "make it (mode 777), or name another as c.Exchange.root in nbgrader_config.py"
        raise CourseError(f"{folder}: no exchange of nbgrader there, or not writable; {remedy}")
    return folder


def state(course: Course, root: Path, exchange: Path, module: str) -> State:
    """Compare release/ with what the exchange gives to students."""
    there, here = exchange / course.id / "outbound" / module, root / "release" / module
    if not there.is_dir():
        return State.ABSENT
    return State.SAME if _contents(there) == _contents(here) else State.OTHER


def give(course: Course, root: Path, module: str) -> None:
    """Put release/<module> into the exchange, in place of what is there. Raises CourseError with nbgrader's words."""
    answer = _api(course, root).release_assignment(module)
    if not answer.get("success"):
        words = [line for line in str(answer.get("log") or answer.get("error")).splitlines() if line.strip()]
        raise CourseError(f"nbgrader release_assignment {module} failed: " + "\n".join(words[-6:]))


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@asking()
def _api(course: Course, root: Path) -> Any:
    """nbgrader's API with the configuration that stock nbgrader reads in this folder."""
    from nbgrader.apps.api import NbGraderAPI

    config = nbgrader_config(root)
    config.CourseDirectory.course_id = course.id
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".*"]  # errata and data go out, too
    config.ExchangeReleaseAssignment.force = True
    return NbGraderAPI(config=config)
