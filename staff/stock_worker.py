"""A process that runs stock nbgrader for staff/stock.py: commands in as JSON lines, one answer each out.

It imports nothing of the course, so that it starts anywhere. Kernels inherit neither the command nor the answer channel.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO, Any

LAST_CELL = "last-cell"


MEMORY_BYTES = 6 * 2**30  # of private memory for a kernel: torch and a module's models need less than 2 GiB


def limit_memory() -> None:
    """Limit this process and its kernels, where the system can: one notebook must not take the machine's memory."""
    if sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def channels() -> tuple[IO[str], IO[str]]:
    """Move the two channels away from stdin and stdout, which a student's kernel would inherit."""
    commands, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return commands, answers


def make_api(settings: dict[str, Any]) -> Any:
    """nbgrader's own interface, on the temporary course folder."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    config = Config()
    for section, values in settings.items():
        for key, value in values.items():
            config[section][key] = value
    last = Path(settings["CourseDirectory"]["root"]) / LAST_CELL

    def remember(cell: Any, cell_index: int) -> None:
        last.write_text(cell.get("id", ""))

    config.ExecutePreprocessor.on_cell_execute = remember  # so that a dead kernel can be traced to a cell
    return NbGraderAPI(config=config)


def generate(api: Any, command: dict[str, Any]) -> dict[str, Any]:
    """Tell the gradebook about the module's cells and its due date."""
    from nbgrader.api import Gradebook

    done = api.generate_assignment(command["module"], force=True, create=True)
    if done["success"]:
        with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
            gradebook.update_or_create_assignment(command["module"], duedate=command["due"])
    return {"success": done["success"], "log": done.get("log", "") + done.get("error", "")}


def autograde(api: Any, command: dict[str, Any]) -> dict[str, Any]:
    """Grade one student; the scores come from the gradebook."""
    done = api.autograde(command["module"], command["student"], force=True, create=True)
    answer = {"success": done["success"], "log": (done.get("log", "") + done.get("error", ""))[-20000:], "scores": {}}
    if done["success"]:
        answer["scores"] = scores(api, command)
    return answer


def scores(api: Any, command: dict[str, Any]) -> dict[str, Any]:
    """Per graded cell: its score with any manual score, and whether a person has given one."""
    from nbgrader.api import Gradebook

    with Gradebook(api.coursedir.db_url, api.coursedir.course_id) as gradebook:
        notebook = gradebook.find_submission_notebook(command["module"], command["module"], command["student"])
        return {grade.name: {"score": grade.score, "by_hand": grade.manual_score is not None} for grade in notebook.grades}


def main() -> None:
    commands, answers = channels()
    limit_memory()
    settings = json.loads(commands.readline())
    Path(settings["CourseDirectory"]["root"]).mkdir(parents=True, exist_ok=True)
    api = make_api(settings)
    verbs = {"generate": generate, "autograde": autograde}
    for line in commands:
        command = json.loads(line)
        try:
            answer = verbs[command["do"]](api, command)
        except Exception as error:  # the parent decides what becomes of this student
            answer = {"success": False, "log": f"{type(error).__name__}: {error}", "scores": {}}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
