"""Every notebook as its reader runs it: the source from top to bottom, and the bare release of a student who has written nothing yet."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from staff.config import load_course
from staff.notebook import grade_id
from staff.problems import parse, top_level_names

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)
MODULES = [module for module in COURSE.modules if (ROOT / "source" / module.id).is_dir()]
SMOKE = {**os.environ, "COURSE_BUDGET": "smoke", "OMP_NUM_THREADS": "1"}

pytestmark = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)


def test_the_source_runs_from_top_to_bottom_at_the_smoke_budget(module, tmp_path) -> None:
    notebook = shutil.copy(ROOT / "source" / module.id / f"{module.id}.ipynb", tmp_path)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval-lax",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        "-c",
        os.devnull,
        str(notebook),
    ]
    begin = time.monotonic()
    done = subprocess.run(command, cwd=tmp_path, env=SMOKE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
    assert time.monotonic() - begin < 60 * COURSE.limits.smoke_minutes


def test_in_the_bare_release_only_stubs_and_checks_stop(module, tmp_path) -> None:
    notebook = nbformat.read(shutil.copy(ROOT / "release" / module.id / f"{module.id}.ipynb", tmp_path), as_version=4)
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": str(tmp_path)}})
    client.execute(env=SMOKE)
    stopped: dict[str, str] = {}
    missing: set[str] = set()  # names and keys that a cell would have given, had the answer it calls been there
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                graded = cell.metadata.get("nbgrader", {}).get("grade", False)
                allowed = ("NotImplementedError", "NameError", "AssertionError") if graded else ("NotImplementedError",)
                name = output.evalue.split("'")[1] if output.ename in ("NameError", "KeyError") and "'" in output.evalue else ""
                assert output.ename in allowed or name in missing, f"{cell.id}: {output.ename}: {output.evalue}"
                stopped[cell.id] = output.ename
                tree = parse(cell.source) or ast.Module([], [])
                keys = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
                missing |= top_level_names(tree) | keys
    blanks = [cell.id for cell in notebook.cells if cell.cell_type == "code" and (found := grade_id(cell)) and found.role in ("check", "hidden")]
    visible = [name for name in blanks if "-check" in name]
    assert set(visible) <= set(stopped), "a visible check passes on a blank answer"
