"""The demo on the tiny course: the class of eight as files, no harm to real hand-ins, and the whole way with nothing but a stand-in engine."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output
from rich.console import Console

from staff import demo, judging, sample_class
from staff.config import CourseError, load_course
from staff.engine import cell_result, is_attempted
from staff.intake import Master, Submission, load_master, read_submission
from staff.notebook import write_notebook, write_text
from staff.outcomes import FindingKind, Outcome, Result
from staff.sample_class import DID, MARKER, make_class
from tests.staff.test_report import PNG
from tests.staff.tiny import MODULE


def pretend_to_run(notebook: NotebookNode, folder: Path, root: Path, cell_seconds: int, progress: object = None) -> None:
    """Instead of a kernel: every code cell shows a picture."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("display_data", data={"image/png": PNG})]


class PretendEngine:
    """Passes whatever was attempted."""

    name = "pretend"

    def grade(self, master: Master, submissions: Iterable[Submission]) -> Iterator[Result]:
        for submission in submissions:
            cells = []
            for cell in master.graded:
                attempted = submission.notebook is not None and is_attempted(master, submission, cell)
                outcome = Outcome.PASSED if attempted else Outcome.NOT_ATTEMPTED
                cells.append(cell_result(cell, outcome, cell.points if attempted else 0.0))
            yield Result(student=submission.student, module=submission.module, findings=submission.findings, cells=cells)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_class, "run_notebook", pretend_to_run)
    monkeypatch.setattr(sample_class, "zip_hand_in", lambda name, folder, root: None)
    monkeypatch.setattr(judging, "JudgeEngine", lambda *args, **kwargs: PretendEngine())


def attempts(root: Path) -> dict[str, dict[str, bool]]:
    course = load_course(root)
    master = load_master(course, root, "m1")
    read = {name: read_submission(root / "submitted" / name / MODULE, master, course.due(master.module)) for name in DID}
    return {name: submission.attempted for name, submission in read.items()}


def test_the_class_is_what_it_says(tiny_course: Path, quick: None) -> None:
    course = load_course(tiny_course)
    assert make_class(course, tiny_course, "m1") == DID
    assert len(DID) == 8
    tried = attempts(tiny_course)
    everything = {"m1-E0-answer-disclosure": True, "m1-E1-code": True, "m1-E1-reflect": True, "m1-D1-code": True}
    assert all(tried[name] == everything for name in ("ada", "chen", "elif", "greta", "hugo"))
    assert tried["bo"] == {**everything, "m1-D1-code": False}
    assert not any(tried["dilan"].values())
    assert tried["farid"]["m1-E1-code"] and not tried["farid"]["m1-D1-code"]


def test_the_findings_are_those_meant(tiny_course: Path, quick: None) -> None:
    course = load_course(tiny_course)
    make_class(course, tiny_course, "m1")
    master = load_master(course, tiny_course, "m1")
    due = course.due(master.module)
    assert due is not None
    kinds: dict[str, set[FindingKind]] = {}
    for name in DID:
        submission = read_submission(tiny_course / "submitted" / name / MODULE, master, due)
        kinds[name] = {finding.kind for finding in submission.findings}
        assert submission.handed_in is not None
        assert (submission.handed_in > due) is (name == "elif") and abs(submission.handed_in - due) < timedelta(days=5)
    assert kinds == {
        "ada": set(), "bo": set(), "chen": set(), "dilan": set(), "elif": {FindingKind.LATE},
        "farid": {FindingKind.MALFORMED}, "greta": {FindingKind.REPAIRED}, "hugo": set(),
    }  # fmt: skip


def test_mistakes_and_other_ways_come_from_the_bank(tiny_course: Path, quick: None) -> None:
    make_class(load_course(tiny_course), tiny_course, "m1")
    chen = (tiny_course / "submitted" / "chen" / MODULE / f"{MODULE}.ipynb").read_text()
    assert "2 * abs(x)" in chen and "(w * x).mean()" in chen and "Wrong:" not in chen
    assert "torch.dot(w, x)" in (tiny_course / "submitted" / "elif" / MODULE / f"{MODULE}.ipynb").read_text()
    colab = json.loads((tiny_course / "submitted" / "hugo" / MODULE / f"{MODULE}.ipynb").read_text())
    assert colab["nbformat_minor"] == 0 and "colab" in colab["metadata"] and not any("id" in cell for cell in colab["cells"])
    with pytest.raises(json.JSONDecodeError):
        json.loads((tiny_course / "submitted" / "farid" / MODULE / f"{MODULE}.ipynb").read_text())


def test_the_whole_way(tiny_course: Path, quick: None) -> None:
    console = Console(file=io.StringIO(), width=150)
    results = demo.run_demo(load_course(tiny_course), tiny_course, console, module="m1")
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert [result.student for result in results] == sorted(DID) and all(name in said for name in DID)
    assert "9 hours 12 minutes late" in said and "demo.html" in said
    page = (tiny_course / "reports" / "demo.html").read_text()
    assert all(f"../feedback/{name}/{MODULE}/{MODULE}.html" in page for name in DID)
    assert all((tiny_course / "feedback" / name / MODULE / f"{MODULE}.html").is_file() for name in DID)
    demo.run_demo(load_course(tiny_course), tiny_course, console, module="m1")  # again, over its own class


def test_real_hand_ins_are_never_touched(tiny_course: Path, quick: None) -> None:
    real = tiny_course / "submitted" / "ada" / MODULE / f"{MODULE}.ipynb"
    write_text(real, "a real student who is called ada")
    course = load_course(tiny_course)
    with pytest.raises(CourseError, match=r"not of the sample class \(ada\); .*--into FOLDER"):
        demo.run_demo(course, tiny_course, Console(file=io.StringIO()), module="m1")
    assert real.read_text() == "a real student who is called ada"
    assert not (tiny_course / "reports").exists()
    with pytest.raises(CourseError, match="sample class"):
        make_class(course, tiny_course, "m1")
    write_text(tiny_course / "submitted" / MARKER, "sample")
    write_text(tiny_course / "submitted" / "zoe" / MODULE / "x.ipynb", "real")
    with pytest.raises(CourseError, match=r"\(zoe\)"):
        make_class(course, tiny_course, "m1")


def test_into_a_folder_of_its_own(tiny_course: Path, tmp_path: Path, quick: None) -> None:
    write_text(tiny_course / "submitted" / "zoe" / MODULE / "x.ipynb", "real")
    into = tmp_path / "elsewhere"
    demo.run_demo(load_course(tiny_course), tiny_course, Console(file=io.StringIO()), into=into, module="m1")
    assert (into / "reports" / "demo.html").is_file() and (into / "course.yml").is_file()
    assert [path.name for path in (tiny_course / "submitted").iterdir()] == ["zoe"]


def test_a_gradebook_with_other_students_is_left_alone(tmp_path: Path) -> None:
    for students, kept in ((["ada", "zoe"], True), (["ada"], False)):
        with closing(sqlite3.connect(tmp_path / "gradebook.db")) as connection:
            connection.execute("create table if not exists student (id text)")
            connection.executemany("insert into student values (?)", [(name,) for name in students])
            connection.commit()
        demo._forget_sample_class(tmp_path)
        assert (tmp_path / "gradebook.db").exists() is kept
        (tmp_path / "gradebook.db").unlink(missing_ok=True)


def test_the_first_student_hands_in_what_the_hand_in_cell_writes(tmp_path: Path, tiny_course: Path) -> None:
    """The real hand-in: a zip with notebook and checkpoints, and nothing else left in the folder."""
    course = load_course(tiny_course)
    master = load_master(course, tiny_course, "m1")
    folder = tiny_course / "submitted" / "ada" / MODULE
    write_notebook(folder / f"{MODULE}.ipynb", master.notebook)
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "flow.safetensors").write_bytes((2).to_bytes(8, "little") + b"{}")
    sample_class.zip_hand_in(MODULE, folder, tiny_course)
    assert [path.name for path in folder.iterdir()] == [f"{MODULE}.zip"]
    with zipfile.ZipFile(folder / f"{MODULE}.zip") as archive:
        assert {f"{MODULE}.ipynb", "artifacts/flow.safetensors"} <= set(archive.namelist())
