"""The project as a whole: style, types, one list of requirements, clean notebooks, and no file that should not be there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
LISTING = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
FILES = [ROOT / name for name in LISTING.stdout.splitlines() if (ROOT / name).is_file()]
CODE = [path for path in FILES if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ("helpers", "staff")]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)


def test_ruff_finds_nothing_notebooks_included() -> None:
    done = run("ruff", "check", "--no-cache", ".")
    assert done.returncode == 0, done.stdout


def test_ruff_would_format_nothing() -> None:
    done = run("ruff", "format", "--check", "--no-cache", "helpers", "staff", "tests")
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_finds_nothing() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout


def test_notebooks_are_committed_without_outputs_and_with_ids() -> None:
    notebooks = [str(path) for path in FILES if path.suffix == ".ipynb"]
    assert notebooks
    done = run("nbstripout", "--verify", "--keep-id", *notebooks)
    assert done.returncode == 0, done.stdout + done.stderr


def test_conda_and_pip_users_get_the_same() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    (pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert pip[-1] == "-e ."
    assert sorted(pip[:-1]) == sorted(project["dependencies"])
    (python,) = [entry for entry in environment["dependencies"] if str(entry).startswith("python")]
    assert python.startswith(f"python{project['requires-python']}")


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_stay_under_40_lines_and_files_under_300(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 300
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions(path) if node.end_lineno and node.end_lineno - node.lineno >= 40}
    assert not long


def test_nothing_imports_the_teams_package_and_students_never_need_nbgrader() -> None:
    for path in CODE:
        imported = {alias.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)}
        if "helpers" in path.relative_to(ROOT).parts[0]:
            assert not [name for name in imported if name.split(".")[0] in ("staff", "nbgrader", "tests")], path
        assert not [name for name in imported if name.split(".")[0] in ("pickle", "dill", "cloudpickle")], path


def test_no_student_data_and_no_machine_is_committed() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in FILES]
    assert not [name for name in names if re.match(r"(submitted|feedback|reports)/|autograded/(?!README)|gradebook\.db", name)]
    for path in FILES:
        if path.suffix in (".py", ".md", ".yml", ".toml", ".ipynb", ".html", "") and path.stat().st_size < 2_000_000:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"/(root|work)/|/home/[a-z]+/", text) or path == Path(__file__), path


def test_no_file_is_larger_than_5_mb() -> None:
    assert not [path for path in FILES if path.stat().st_size > 5_000_000]
