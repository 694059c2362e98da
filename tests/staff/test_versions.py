"""A corrected release: what was handed out before is kept, what changed is told, and answers to any version are graded."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
import yaml
from nbformat import NotebookNode

from staff.config import Course, CourseError, load_course
from staff.intake import load_master, read_submission
from staff.lint import source_path
from staff.notebook import read_notebook, write_notebook
from staff.outcomes import FindingKind
from staff.release import release
from staff.versions import ERRATA, earlier_releases, errata_page, version_problems
from tests.staff.tiny import COURSE, MODULE, tiny_notebook, write_package, write_tiny

WHY = "m1-E1-reflect"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that released 2026.1, corrected a question and a stub, and released 2026.2."""
    root = tmp_path_factory.mktemp("versions")
    write_tiny(root)
    write_package(root)
    release(load_course(root), root, MODULE)
    notebook = read_notebook(source_path(root, MODULE))
    for cell in notebook.cells:
        cell.source = cell.source.replace("why is doubling linear?", "why is doubling a linear map?")
        cell.source = cell.source.replace("Twice x; x is (B,)", "Two times x (B,)")
    write_notebook(source_path(root, MODULE), notebook)
    course = COURSE.replace('version: "2026.1"', 'version: "2026.2"')
    (root / "course.yml").write_text(course)
    with pytest.raises(CourseError, match=r"m1-E1-code, m1-E1-reflect changed since 2026.1; say what was corrected.*errata"):
        release(load_course(root), root, MODULE)
    errata = '    errata: {"2026.2": ["E1: the question says which map is meant."]}\n'
    (root / "course.yml").write_text(course.replace("lectures: []", errata + "lectures: []"))
    report = release(load_course(root), root, MODULE)
    assert f"released/{MODULE}/2026.1.ipynb" in report.written
    return root


def handed_in(root: Path, student: str, notebook: NotebookNode):
    folder = root / "submitted" / student / MODULE
    folder.mkdir(parents=True)
    (folder / f"{MODULE}.ipynb").write_text(json.dumps(notebook))
    return read_submission(folder, load_master(load_course(root), root, "m1"), None)


def test_what_was_handed_out_is_kept_and_the_errata_go_with_the_new_one(corrected: Path) -> None:
    kept = read_notebook(corrected / "released" / MODULE / "2026.1.ipynb")
    assert kept.metadata["course"]["version"] == "2026.1"
    assert "BEGIN HIDDEN" not in json.dumps(kept)
    assert "says which map is meant" in (corrected / "release" / MODULE / ERRATA).read_text()


def test_a_blank_notebook_of_an_earlier_release_is_blank(corrected: Path) -> None:
    submission = handed_in(corrected, "blank", read_notebook(corrected / "released" / MODULE / "2026.1.ipynb"))
    assert not any(submission.attempted.values()), "the earlier text of a question is no answer"
    assert [finding.kind for finding in submission.findings] == [FindingKind.REPAIRED]
    assert "release 2026.1" in submission.findings[0].message and "2026.2" in submission.findings[0].message


def test_answers_to_an_earlier_release_are_put_into_the_new_one(corrected: Path) -> None:
    notebook = read_notebook(corrected / "released" / MODULE / "2026.1.ipynb")
    for cell in notebook.cells:
        if cell.id == "m1-E1-code":
            cell.source = "def double(x):\n    return 2 * x"
    submission = handed_in(corrected, "ada", notebook)
    assert submission.attempted["m1-E1-code"] and not submission.attempted[WHY]
    assert submission.notebook is not None
    question = next(cell for cell in submission.notebook.cells if cell.id == WHY)
    assert "a linear map" in question.source


def test_a_locked_cell_changed_in_an_earlier_release_is_still_seen(corrected: Path) -> None:
    notebook = read_notebook(corrected / "released" / MODULE / "2026.1.ipynb")
    for cell in notebook.cells:
        if cell.id == "m1-E1-check":
            cell.source = "assert True"
    submission = handed_in(corrected, "mallory", notebook)
    assert FindingKind.TAMPERED in {finding.kind for finding in submission.findings}


def test_a_release_loses_no_name_of_a_setup_cell(corrected: Path) -> None:
    course = load_course(corrected)
    before, now = tiny_notebook(), copy.deepcopy(tiny_notebook())
    before.metadata["course"] = {"module": MODULE, "version": course.version}
    for cell in now.cells:
        if cell.id == "imports":
            cell.source = "import torch"
    assert version_problems(course, course.modules[0], [before], now) == [
        "Tensor was given by a setup cell before and is gone; answers may use it, so keep it"
    ]


def test_versions_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for version in ("2026.10", "2026.9"):
        write_notebook(tmp_path / "released" / MODULE / f"{version}.ipynb", tiny_notebook())
    assert list(earlier_releases(tmp_path, MODULE)) == ["2026.9", "2026.10"]
    course = Course.model_validate(yaml.safe_load(COURSE.replace("lectures: []", '    errata: {"2026.9": [b], "2026.10": [a]}\nlectures: []')))
    assert errata_page(course.modules[0]).index("2026.10") < errata_page(course.modules[0]).index("2026.9")
    write_notebook(tmp_path / "released" / MODULE / "copy.ipynb", tiny_notebook())
    with pytest.raises(CourseError, match=r"copy\.ipynb: the name is no version"):
        earlier_releases(tmp_path, MODULE)
