"""Fixtures: a whole course in miniature."""

from __future__ import annotations

from pathlib import Path

import pytest

from staff.cli_shared import console
from staff.database import make_gradebook
from tests.staff.class_of import small_course
from tests.staff.tiny import write_tiny


@pytest.fixture
def tiny_course(tmp_path: Path) -> Path:
    """The root of a tiny course: course.yml, one module `m1_tiny` (E0, E1, D1) and its answer bank."""
    root = tmp_path / "course"
    write_tiny(root)
    return root


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of the command in full width; the console takes its own from the terminal or from COLUMNS when it is made."""
    monkeypatch.setattr(console, "_width", 200)


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook as nbgrader makes it, to be copied."""
    root = tmp_path_factory.mktemp("empty")
    make_gradebook(small_course(), root)
    return root / "gradebook.db"
