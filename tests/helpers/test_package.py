"""The students' package as a whole: few names, light to import, nothing of the team's."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import helpers

FOLDER = Path(helpers.__file__).parent
HEAVY = ("matplotlib", "torchvision", "IPython", "ipywidgets", "nbgrader", "nbformat", "scipy", "staff")
MEASURE = f"""
import json, sys, time
start = time.perf_counter()
import torch
torch_alone = time.perf_counter() - start
import helpers
both = time.perf_counter() - start
print(json.dumps([both / torch_alone, [name for name in {HEAVY!r} if name in sys.modules]]))
"""


def test_public_names_are_few_and_exactly_those_in_all() -> None:
    public = {name for name, value in vars(helpers).items() if not name.startswith("_") and not isinstance(value, ModuleType)}
    assert public | {"stubs"} == set(helpers.__all__)
    assert isinstance(helpers.stubs, ModuleType)
    assert len(helpers.__all__) == len(set(helpers.__all__)) <= 30
    assert not [name for name in helpers.__all__ if name != "stubs" and not (getattr(helpers, name).__doc__ or "").strip()]


def test_importing_helpers_costs_little_more_than_torch_and_nothing_heavy() -> None:
    ratios = []
    for _ in range(3):  # a busy machine may spoil a measurement, not three
        done = subprocess.run([sys.executable, "-c", MEASURE], cwd=FOLDER.parent, capture_output=True, text=True, check=True)
        ratio, heavy = json.loads(done.stdout)
        assert not heavy
        ratios.append(ratio)
        if ratio < 2.5:
            break
    assert min(ratios) < 2.5


def test_no_module_imports_the_teams_packages_or_pickle() -> None:
    for path in FOLDER.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            roots = {name.split(".")[0] for name in names}
            assert not roots & {"staff", "nbgrader", "tests", "pickle", "dill", "cloudpickle"}, path.name


def test_type_checkers_are_told_that_the_package_has_types() -> None:
    assert (FOLDER / "py.typed").is_file()
