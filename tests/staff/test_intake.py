"""Intake: whatever is handed in, the tests stay the master's, the answers arrive, and every oddity is said."""

from __future__ import annotations

import copy
import json
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from staff.config import load_course
from staff.intake import Master, Submission, load_master, read_submission
from staff.notebook import blank, grade_id
from staff.outcomes import FindingKind
from staff.sample_class import as_colab
from tests.staff.tiny import DOUBLE as DOUBLE_SOURCE
from tests.staff.tiny import MODULE

DOUBLE, MEAN, AI, WHY = "m1-E1-code", "m1-D1-code", "m1-E0-answer-disclosure", "m1-E1-reflect"
ANSWERS = {
    DOUBLE: "def double(x):\n    return 2 * x\n",
    MEAN: "def weighted_mean(x, w):\n    return (w * x).sum() / w.sum()\n",
    AI: 'ai_use = "none"',
    WHY: "**E1, in your words.** In one sentence: why is doubling linear?\n\nSums come out of it unchanged.",
}
DUE = datetime(2026, 9, 4, 21, 59, tzinfo=UTC)


@pytest.fixture
def master(tiny_course: Path) -> Master:
    return load_master(load_course(tiny_course), tiny_course, "m1")


@pytest.fixture
def folder(tiny_course: Path) -> Path:
    made = tiny_course / "submitted" / "ada" / MODULE
    made.mkdir(parents=True)
    return made


@pytest.fixture
def done(master: Master) -> NotebookNode:
    """A clean hand-in with every answer."""
    return filled(master, ANSWERS)


def filled(master: Master, answers: dict[str, str]) -> NotebookNode:
    notebook = copy.deepcopy(master.notebook)
    for cell, known in zip(notebook.cells, master.cells, strict=True):
        cell.source = answers.get(known.label or "", known.released)
    return notebook


def put(folder: Path, notebook: NotebookNode, name: str = f"{MODULE}.ipynb") -> None:
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")


def read(folder: Path, master: Master) -> Submission:
    return read_submission(folder, master, DUE)


def answers_in(submission: Submission) -> dict[str, str]:
    assert submission.notebook is not None, submission.findings
    return {str(name): cell.source for cell in submission.notebook.cells if (name := grade_id(cell)) and str(name) in ANSWERS}


def kinds(submission: Submission) -> list[FindingKind]:
    return [finding.kind for finding in submission.findings]


def said(submission: Submission) -> str:
    return " | ".join(finding.message for finding in submission.findings)


def at(notebook: NotebookNode, label: str) -> int:
    return next(i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == label)


def check_everything_arrived(submission: Submission, master: Master) -> None:
    """The answers are in, the locked cells are the release's, in the master's order; nothing secret is there."""
    assert answers_in(submission) == ANSWERS
    assert all(submission.attempted.values())
    assert submission.notebook is not None
    labels = [str(name) for cell in submission.notebook.cells if (name := grade_id(cell))]
    assert labels == [cell.label for cell in master.cells if cell.label]
    sources = {str(grade_id(cell)): cell.source for cell in submission.notebook.cells}
    assert {cell.label: sources[cell.label] for cell in master.cells if cell.locked and cell.label} == {
        cell.label: cell.released for cell in master.cells if cell.locked
    }
    nbformat.validate(submission.notebook)


def test_a_clean_hand_in_has_no_finding(folder: Path, master: Master, done: NotebookNode) -> None:
    put(folder, done)
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert submission.findings == []
    assert not any(secret in json.dumps(submission.notebook) for secret in master.secrets)


def test_a_blank_release_is_not_attempted(folder: Path, master: Master) -> None:
    put(folder, filled(master, {DOUBLE: "  \n", MEAN: master.by_label[MEAN].released.replace("    ", "\t") + "\n\n"}))
    submission = read(folder, master)
    assert submission.findings == []
    assert submission.attempted == {AI: False, DOUBLE: False, MEAN: False, WHY: False}


UNREADABLE = {
    "empty": (b"", "is empty (0 bytes)"),
    "only zeros": (b"\x00" * 4096, "is empty"),
    "not JSON": (b"\x93\xfa binary \xff\xfe rubbish", "is not a notebook"),
    "another JSON": (b'{"a": [1, 2]}', "holds no notebook cells"),
    "a list": (b"[[[]]]", "holds no notebook cells"),
    "HTML": (b"\n<!DOCTYPE html><html><body>Log in</body></html>", "is a web page"),
    "cut in the first cell": (b'{"cells": [{"cell_type": "co', "breaks off in its first cell"),
    "cells of the wrong type": (b'{"cells": "none", "metadata": 3}', "holds no notebook cells"),
    "deep nesting": (b'{"cells": ' + b"[" * 200_000, "breaks off in its first cell"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_one_malformed_finding(folder: Path, master: Master, case: str) -> None:
    data, words = UNREADABLE[case]
    (folder / f"{MODULE}.ipynb").write_bytes(data)
    submission = read(folder, master)
    assert submission.notebook is None
    assert kinds(submission) == [FindingKind.MALFORMED]
    assert words in said(submission) and f"{MODULE}.ipynb" in said(submission)
    assert not any(submission.attempted.values())


def test_fields_of_the_wrong_type_raise_nothing(folder: Path, master: Master) -> None:
    cells = [3, {"cell_type": 7, "source": {"a": 1}, "metadata": []}, {"source": [1, "x = 1\n", None], "cell_type": "code", "outputs": "no", "id": 4},
             {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": ["m1-E1-code"]}, "tags": 1}, "source": "y = '\\ud800'"}]  # fmt: skip
    text = json.dumps({"cells": cells, "metadata": {"course": []}}).replace("\\\\ud800", "\\ud800")
    (folder / f"{MODULE}.ipynb").write_text(text, encoding="utf-8")
    submission = read(folder, master)
    assert submission.notebook is not None
    nbformat.writes(submission.notebook).encode("utf-8")


def test_a_truncated_file_keeps_its_whole_cells(folder: Path, master: Master, done: NotebookNode) -> None:
    text = nbformat.writes(done)
    (folder / f"{MODULE}.ipynb").write_text(text[: text.index(f'"id": "{MEAN}"')], encoding="utf-8")
    submission = read(folder, master)
    assert kinds(submission) == [FindingKind.MALFORMED] and "breaks off in the middle" in said(submission)
    assert submission.attempted == {AI: True, DOUBLE: True, MEAN: False, WHY: True}


def test_merge_markers_are_resolved_to_a_side_and_said(folder: Path, master: Master, done: NotebookNode) -> None:
    text = nbformat.writes(done).splitlines()
    place = next(i for i, line in enumerate(text) if "return 2 * x" in line)
    text[place : place + 1] = ["<<<<<<< HEAD", text[place], "=======", text[place].replace("2", "3"), ">>>>>>> theirs"]
    (folder / f"{MODULE}.ipynb").write_text("\n".join(text), encoding="utf-8")
    submission = read(folder, master)
    assert FindingKind.MALFORMED in kinds(submission) and "merge markers" in said(submission)
    check_everything_arrived(submission, master)


def test_nbformat_3_is_upgraded(folder: Path, master: Master, done: NotebookNode) -> None:
    (folder / f"{MODULE}.ipynb").write_text(nbformat.writes(done, version=3), encoding="utf-8")
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert "old format nbformat 3" in said(submission)


def stripped(notebook: NotebookNode, ids: bool) -> NotebookNode:
    for number, cell in enumerate(notebook.cells):
        cell.metadata = NotebookNode()
        cell.id = cell.id if ids else f"other-{number}"
    return notebook


@pytest.mark.parametrize("ids", [True, False])
def test_without_metadata_cells_are_found_by_id_or_content(folder: Path, master: Master, done: NotebookNode, ids: bool) -> None:
    put(folder, stripped(done, ids))
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert kinds(submission) == [FindingKind.REPAIRED] and "had lost their label" in said(submission)


def duplicate_test(notebook: NotebookNode) -> None:
    notebook.cells.insert(0, copy.deepcopy(notebook.cells[at(notebook, "m1-E1-check")]))


def duplicate_answer(notebook: NotebookNode) -> None:
    earlier = copy.deepcopy(notebook.cells[at(notebook, DOUBLE)])
    earlier.source = "def double(x):\n    return 3 * x\n"
    notebook.cells.insert(at(notebook, DOUBLE), earlier)


def blank_copy_below(notebook: NotebookNode) -> None:
    later = copy.deepcopy(notebook.cells[at(notebook, DOUBLE)])
    later.source = blank(DOUBLE_SOURCE)
    notebook.cells.insert(at(notebook, DOUBLE) + 1, later)


def delete_test(notebook: NotebookNode) -> None:
    del notebook.cells[at(notebook, "m1-D1-hidden")]


def reverse(notebook: NotebookNode) -> None:
    notebook.cells.reverse()


def retype(notebook: NotebookNode) -> None:
    for label in (DOUBLE, "m1-E1-check"):
        old = notebook.cells[at(notebook, label)]
        notebook.cells[at(notebook, label)] = new_markdown_cell(old.source, id=old.id, metadata=old.metadata)


def relabel(notebook: NotebookNode) -> None:
    first, second = notebook.cells[at(notebook, DOUBLE)], notebook.cells[at(notebook, MEAN)]
    first.metadata, second.metadata = second.metadata, first.metadata
    notebook.cells[at(notebook, "m1-D1-check")].metadata.nbgrader = {"grade_id": "nonsense", "solution": True, "grade": True, "points": 500}


def change_test(notebook: NotebookNode) -> None:
    notebook.cells[at(notebook, "m1-D1-check")].source = "pass"


def own_cell(notebook: NotebookNode) -> None:
    """The stub stays, and the answer stands in a new cell below it."""
    place = at(notebook, MEAN)
    notebook.cells.insert(place + 1, new_code_cell(notebook.cells[place].source))
    notebook.cells[place].source = ""


def old_release(notebook: NotebookNode) -> None:
    notebook.metadata["course"] = {"module": MODULE, "version": "2025.9"}
    change_test(notebook)


def other_kernel(notebook: NotebookNode) -> None:
    notebook.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash"}


CHANGES: dict[str, tuple[Callable[[NotebookNode], None], list[FindingKind], str]] = {
    "duplicated test cell": (duplicate_test, [FindingKind.REPAIRED], "more than once"),
    "duplicated answer, the last filled one counts": (duplicate_answer, [FindingKind.REPAIRED], "more than once"),
    "a blank copy below the answer": (blank_copy_below, [FindingKind.REPAIRED], "more than once"),
    "deleted test cell": (delete_test, [FindingKind.REPAIRED], "had been deleted; they were put back: m1-D1-hidden"),
    "reversed": (reverse, [FindingKind.REPAIRED], "had been moved"),
    "retyped": (retype, [FindingKind.REPAIRED], "changed their type"),
    "relabelled": (relabel, [FindingKind.REPAIRED, FindingKind.REPAIRED], "lost their label"),
    "changed test": (change_test, [FindingKind.TAMPERED], "had been changed; the originals were used, no points were lost: m1-D1-check"),
    "answer in its own cell": (own_cell, [FindingKind.REPAIRED, FindingKind.REPAIRED], "more than once"),
    "an older release": (old_release, [FindingKind.REPAIRED], "is of release 2025.9"),
    "another kernel": (other_kernel, [], ""),
}


@pytest.mark.parametrize("case", CHANGES)
def test_changed_cells_change_nothing(folder: Path, master: Master, done: NotebookNode, case: str) -> None:
    change, expected, words = CHANGES[case]
    change(done)
    put(folder, done)
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert submission.notebook is not None and submission.notebook.metadata.kernelspec.name == "python3"
    assert set(kinds(submission)) == set(expected), said(submission)
    assert words in said(submission)


def test_earlier_copies_of_an_answer_run_before_the_last(folder: Path, master: Master, done: NotebookNode) -> None:
    duplicate_answer(done)
    put(folder, done)
    notebook = read(folder, master).notebook
    assert notebook is not None
    place = at(notebook, DOUBLE)
    assert "3 * x" in notebook.cells[place - 1].source and notebook.cells[place - 1].metadata.tags == ["added"]


def test_a_right_definition_above_does_not_hide_a_wrong_answer(folder: Path, master: Master, done: NotebookNode) -> None:
    """The test moved to the top behind a throw-away right definition: the wrong answer below is what is graded."""
    done.cells[at(done, DOUBLE)].source = "def double(x):\n    return x\n"
    check = done.cells.pop(at(done, "m1-E1-check"))
    done.cells[:0] = [new_code_cell(ANSWERS[DOUBLE]), check]
    put(folder, done)
    notebook = read(folder, master).notebook
    assert notebook is not None
    order = [cell.source for cell in notebook.cells if "def double" in cell.source]
    assert order == [ANSWERS[DOUBLE], "def double(x):\n    return x\n"]
    assert at(notebook, "m1-E1-check") > at(notebook, DOUBLE)


def test_added_cells_stay_behind_their_predecessor_and_need_no_predecessor(folder: Path, master: Master, done: NotebookNode) -> None:
    done.cells.insert(at(done, DOUBLE) + 1, new_code_cell("extra = 1"))
    done.cells.insert(0, new_code_cell("first = 1"))
    done.cells.append(new_markdown_cell("my notes"))
    put(folder, done)
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert submission.notebook is not None
    assert submission.notebook.cells[0].source == "first = 1"
    assert submission.notebook.cells[at(submission.notebook, DOUBLE) + 1].source == "extra = 1"
    assert "my notes" not in json.dumps(submission.notebook)


def test_imports_that_a_student_adds_to_a_setup_cell_are_kept(folder: Path, master: Master, done: NotebookNode) -> None:
    setup = next(cell for cell in done.cells if cell.id == "imports")
    setup.source += "\nimport math\nfrom torch import Tensor\nprint('hello')\ndef half(x):\n    return x / 2\n"
    put(folder, done)
    notebook = read(folder, master).notebook
    assert notebook is not None
    place = next(i for i, cell in enumerate(notebook.cells) if cell.id == "imports")
    assert notebook.cells[place].source == "import torch\nfrom torch import Tensor"
    assert notebook.cells[place + 1].source == "import math\ndef half(x):\n    return x / 2"


def test_outputs_and_attachments_do_not_cross(folder: Path, master: Master, done: NotebookNode) -> None:
    done.cells[at(done, DOUBLE)].outputs = [nbformat.v4.new_output("stream", text="x" * 5_000_000)]
    done.cells[at(done, WHY)].attachments = {"a.png": {"image/png": "AAAA"}}
    put(folder, done)
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert len(nbformat.writes(submission.notebook)) < 50_000
    assert "attachments" not in nbformat.writes(submission.notebook)
    assert submission.outputs[DOUBLE][0]["output_type"] == "stream"


def test_colab_and_vscode_exports_are_read_in_full(folder: Path, master: Master, done: NotebookNode) -> None:
    put(folder, as_colab(done))
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert submission.findings == []
    for cell in done.cells:
        cell.metadata["vscode"] = {"languageId": "python"}
        cell.source = cell.source.replace("\n", "\r\n")
    put(folder, done)
    check_everything_arrived(read(folder, master), master)


def test_names_and_extensions(folder: Path, master: Master, done: NotebookNode) -> None:
    put(folder, done, f"{MODULE} (1).ipynb")
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert f"is called {MODULE} (1).ipynb" in said(submission)
    for name in (f"{MODULE}.ipynb.txt", f"{MODULE}.json", "homework"):
        next(folder.glob("*")).rename(folder / name)
        check_everything_arrived(read(folder, master), master)


def test_of_several_notebooks_the_newest_of_the_right_name_is_taken(folder: Path, master: Master, done: NotebookNode) -> None:
    put(folder, filled(master, {}), "draft.ipynb")
    put(folder, done)
    os.utime(folder / f"{MODULE}.ipynb", (1, 1))
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert f"several notebooks were handed in; {MODULE}.ipynb was graded, not draft.ipynb" in said(submission)


def test_a_broken_copy_does_not_hide_a_whole_one(folder: Path, master: Master, done: NotebookNode) -> None:
    (folder / f"{MODULE}.ipynb").write_bytes(b"")
    put(folder, done, "backup.ipynb")
    check_everything_arrived(read(folder, master), master)


def write_zip(folder: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(folder / f"{MODULE}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def test_the_hand_in_zip_brings_notebook_and_checkpoints(folder: Path, master: Master, done: NotebookNode, tmp_path: Path) -> None:
    data = nbformat.writes(done).encode()
    write_zip(folder, {f"hand/{MODULE}.ipynb": data, "hand/artifacts/flow.safetensors": b"weights", f"__MACOSX/._{MODULE}.ipynb": b"x"})
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert submission.findings == []
    submission.write_checkpoints(tmp_path)
    assert (tmp_path / "artifacts" / "flow.safetensors").read_bytes() == b"weights"


def test_a_hostile_zip_writes_and_follows_nothing(folder: Path, master: Master, done: NotebookNode, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("artifacts/link.safetensors")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / f"{MODULE}.zip", "w") as archive:
        archive.writestr(f"{MODULE}.ipynb", nbformat.writes(done))
        archive.writestr("../../../evil.safetensors", b"x")
        archive.writestr("/etc/evil.ipynb", b"x")
        archive.writestr(link, "/etc/passwd")
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    submission.write_checkpoints(tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert said(submission).count("leads out of it") == 3


def test_a_zip_bomb_is_not_opened(folder: Path, master: Master, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("staff.folder.NOTEBOOK_BYTES", 100_000)
    write_zip(folder, {f"{MODULE}.ipynb": b'{"cells": [' + b" " * 5_000_000})
    submission = read(folder, master)
    assert submission.notebook is None and "larger than" in said(submission)


def test_a_broken_zip_and_an_empty_folder_are_said(folder: Path, master: Master) -> None:
    assert "there is no notebook in the hand-in (the folder is empty)" in said(read(folder, master))
    (folder / f"{MODULE}.zip").write_bytes(b"PK\x03\x04 not really")
    submission = read(folder, master)
    assert submission.notebook is None and "broken zip" in said(submission)


def test_links_are_refused(folder: Path, master: Master, done: NotebookNode, tmp_path: Path) -> None:
    put(tmp_path, done, "elsewhere.ipynb")
    (folder / f"{MODULE}.ipynb").symlink_to(tmp_path / "elsewhere.ipynb")
    submission = read(folder, master)
    assert submission.notebook is None and "is a link" in said(submission)
    other = folder.parent.parent / "bo"
    other.symlink_to(folder.parent)
    assert "the submitted folder is a link" in said(read(other / MODULE, master))


def test_a_huge_file_is_refused_unread(folder: Path, master: Master) -> None:
    with (folder / f"{MODULE}.ipynb").open("wb") as file:
        file.truncate(200 * 2**20)
    submission = read(folder, master)
    assert submission.notebook is None and "larger than 100 MB" in said(submission)


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("2026-09-04 21:59:00.000000 UTC", None),
        ("2026-09-04 23:58:59 Europe/Stockholm", None),
        ("2026-09-04T23:59:00+02:00", None),
        ("2026-09-04 22:00:30", "1 minute late"),
        ("2026-09-05 09:12:00 Europe/Stockholm", "9 hours 13 minutes late"),
        ("2026-09-07 00:59:00 +0200", "2 days 1 hour late"),
    ],
)
def test_late_is_said_with_how_much(folder: Path, master: Master, done: NotebookNode, text: str, late: str | None) -> None:
    put(folder, done)
    (folder / "timestamp.txt").write_text(text + "\n")
    submission = read(folder, master)
    assert (FindingKind.LATE in kinds(submission)) is (late is not None)
    assert (late or "") in said(submission)
    assert submission.handed_in is not None and abs(submission.handed_in - DUE) < timedelta(days=3)
    check_everything_arrived(submission, master)


def test_an_unreadable_time_counts_as_in_time(folder: Path, master: Master, done: NotebookNode) -> None:
    put(folder, done)
    (folder / "timestamp.txt").write_bytes(b"\xff yesterday")
    submission = read(folder, master)
    assert kinds(submission) == [FindingKind.MALFORMED] and "counts as in time" in said(submission)
    check_everything_arrived(submission, master)


def test_a_folder_name_that_is_no_student(tiny_course: Path, master: Master, done: NotebookNode) -> None:
    folder = tiny_course / "submitted" / "a*[b]" / MODULE
    folder.mkdir(parents=True)
    put(folder, done)
    submission = read(folder, master)
    assert submission.notebook is None and "rename it" in said(submission)


def test_what_is_put_into_a_locked_cell_does_not_cross(folder: Path, master: Master, done: NotebookNode) -> None:
    done.cells[at(done, "m1-E1-check")].source += "\nimport os\ndef helper():\n    return os\n"
    put(folder, done)
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert kinds(submission) == [FindingKind.TAMPERED]
    assert "def helper" not in json.dumps(submission.notebook)


def test_a_filled_answer_is_not_replaced_by_a_later_cell_of_the_same_name(folder: Path, master: Master, done: NotebookNode) -> None:
    done.cells.append(new_code_cell("def double(x):\n    return 0  # an experiment at the end\n"))
    put(folder, done)
    submission = read(folder, master)
    check_everything_arrived(submission, master)
    assert submission.findings == []
    assert submission.notebook is not None and "experiment" in submission.notebook.cells[-1].source


def test_an_id_kept_in_the_metadata_counts(folder: Path, master: Master, done: NotebookNode) -> None:
    cells = [{"cell_type": cell.cell_type, "source": f"{cell.source}\n# {cell.id}", "metadata": {"id": cell.id}} for cell in done.cells]
    (folder / f"{MODULE}.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    submission = read(folder, master)
    assert answers_in(submission)[WHY].endswith(f"# {WHY}") and all(submission.attempted.values())


def test_of_equally_likely_notebooks_the_newest_is_taken(folder: Path, master: Master, done: NotebookNode) -> None:
    for number, notebook in ((1, filled(master, {})), (2, done), (3, filled(master, {}))):
        put(folder, notebook, f"{MODULE} ({number}).ipynb")
        os.utime(folder / f"{MODULE} ({number}).ipynb", (100 + (number == 2), 100 + (number == 2)))
    check_everything_arrived(read(folder, master), master)
