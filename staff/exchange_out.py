"""nbgrader's exchange, through nbgrader's own API: what JupyterLab's assignment list shows to students.

The API runs in a process of its own (`python -m staff.exchange_out`).
Where the exchange is, nbgrader's configuration says: `c.Exchange.root` in nbgrader_config.py, here or in a Jupyter folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

from staff.config import Course, CourseError
from staff.exchange import nbgrader_config


class State(StrEnum):
    """How a module stands in the exchange."""

    ABSENT = "not there"
    SAME = "as released"
    OTHER = "another version"


def exchange_root(course: Course, root: Path) -> Path:
    """Where the exchange is. Raises CourseError where there is none that we can write to."""
    folder = Path(_asked(course, root, "root")["root"])
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
    answer = _asked(course, root, "release", module)
    if not answer.get("success"):
        words = [line for line in str(answer.get("log") or answer.get("error")).splitlines() if line.strip()]
        raise CourseError(f"nbgrader release_assignment {module} failed: " + "\n".join(words[-6:]))


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _asked(course: Course, root: Path, *command: str) -> dict[str, Any]:
    here = str(Path(__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])}
    line = [sys.executable, "-m", "staff.exchange_out", course.id, str(root), *command]
    done = subprocess.run(line, cwd=root, env=environment, capture_output=True, text=True)
    try:
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        raise CourseError(f"nbgrader could not be asked about the exchange: {done.stderr.strip()[-1000:]}") from None
    return answer


def _api(course_id: str, root: str) -> Any:
    """nbgrader's API with the configuration that stock nbgrader reads in this folder."""
    from nbgrader.apps.api import NbGraderAPI

    config = nbgrader_config(Path(root))
    config.CourseDirectory.course_id = course_id
    config.CourseDirectory.root = root
    config.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", ".*"]  # errata and data go out, too
    config.ExchangeReleaseAssignment.force = True
    return NbGraderAPI(config=config)


def main(course_id: str, root: str, verb: str, module: str = "") -> None:
    """Print the answer as JSON, on the last line."""
    api = _api(course_id, root)
    print(json.dumps({"root": api.exchange_root} if verb == "root" else api.release_assignment(module)))


if __name__ == "__main__":
    main(*sys.argv[1:])
