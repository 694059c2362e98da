"""`python -m staff.generate FOLDER MODULE`: nbgrader's generate_assignment on FOLDER/source/MODULE, as its own flag `--no-db` runs it.

A process of its own, since nbgrader changes the working directory; a module of its own, since its command line imports the whole server first.
"""

from __future__ import annotations

import logging
import sys

from nbgrader.converters.generate_assignment import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from staff.notebook import STUB


def generate(folder: str, module: str) -> None:
    """Write FOLDER/release/MODULE; nothing else is read or written, no gradebook among it. Raises what nbgrader raises."""
    config = Config()
    config.CourseDirectory.root = folder
    config.CourseDirectory.assignment_id = module
    config.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__"]
    config.ClearSolutions.code_stub = {"python": STUB}
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)  # nbgrader says what is wrong in its log; the exception only points there
    generate(sys.argv[1], sys.argv[2])
