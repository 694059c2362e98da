"""A release tells nothing, is the same on every build, and replaces what was there only when all is proved."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from staff import release as module
from staff.bundle import build_wheel, students_environment
from staff.config import CourseError, load_course
from staff.leaks import file_leaks, leaks, released_source, secret_lines
from staff.lint import source_path
from staff.notebook import STUB, read_notebook, write_notebook
from staff.release import ReleaseReport, release, swap
from staff.versions import lost_ids
from tests.staff.tiny import MODULE, tiny_notebook, write_package, write_tiny


def released(root: Path) -> NotebookNode:
    return read_notebook(root / "release" / MODULE / f"{MODULE}.ipynb")


def contents(root: Path) -> dict[str, bytes]:
    folders = [root / "release", root / "dist"]
    return {path.relative_to(root).as_posix(): path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ReleaseReport]:
    """A tiny course, released: made once, only read by the tests."""
    root = tmp_path_factory.mktemp("released")
    write_tiny(root)
    write_package(root)
    (root / "source" / MODULE / "data").mkdir()
    (root / "source" / MODULE / "data" / "numbers.txt").write_text("1 2 3\n")
    return root, release(load_course(root), root, MODULE)


def test_the_release_is_what_students_may_see(once: tuple[Path, ReleaseReport]) -> None:
    root, report = once
    book = released(root)
    text = (root / "release" / MODULE / f"{MODULE}.ipynb").read_text()
    for secret in ("BEGIN", "torch.add", "Rubric", "sums and multiples", "normalised weight", "4.5"):
        assert secret not in text
    assert [cell.id for cell in book.cells] == [cell.id for cell in tiny_notebook().cells]
    assert book.metadata["course"] == {"module": MODULE, "version": "2026.1"}
    code = next(cell for cell in book.cells if cell.id == "m1-D1-code")
    assert code.source.endswith(f"    {STUB}")
    assert code.metadata["nbgrader"]["checksum"]
    assert "why is doubling linear" in text and "YOUR ANSWER HERE" in text
    assert report.version == "2026.1" and len(report.new_ids) == 12
    assert (root / "release" / MODULE / "data" / "numbers.txt").read_text() == "1 2 3\n"
    assert not (root / "gradebook.db").exists()


def test_the_zip_holds_all_a_student_needs_and_nothing_of_the_team(once: tuple[Path, ReleaseReport]) -> None:
    with zipfile.ZipFile(once[0] / "dist" / f"{MODULE}.zip") as archive:
        names = {name.removeprefix(f"{MODULE}/") for name in archive.namelist()}
        wheel = next(name for name in names if name.endswith(".whl"))
        assert names == {f"{MODULE}.ipynb", "data/numbers.txt", wheel, "environment.yml", "START.md", "LICENSE"}
        assert f"- ./{wheel}" in archive.read(f"{MODULE}/environment.yml").decode()
        start = archive.read(f"{MODULE}/START.md").decode()
        inner = zipfile.ZipFile(io.BytesIO(archive.read(f"{MODULE}/{wheel}")))
    assert wheel in start and MODULE in start and "{" not in start
    assert {name for name in inner.namelist() if "dist-info" not in name} == {"helpers/__init__.py", "helpers/data/LICENCES.md"}
    metadata = next(inner.read(name).decode() for name in inner.namelist() if name.endswith("METADATA"))
    assert "Requires-Dist: torch" in metadata and "nbgrader" not in metadata
    assert not any(name.endswith("entry_points.txt") for name in inner.namelist())


def test_a_second_build_gives_the_same_bytes(once: tuple[Path, ReleaseReport], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "scoring_cells", lambda *_: [])
    root = once[0]
    before = contents(root)
    report = release(load_course(root), root, "m1")
    assert report.current and report.new_ids == []
    assert contents(root) == before


def built_as(monkeypatch: pytest.MonkeyPatch, change: object = None, *, run: bool = False) -> None:
    """Stand in for nbgrader and (without `run`) for the run of the blank notebook: comparing and refusing need not their seconds."""

    def generate(course: object, root: Path, found: object, folder: Path) -> Path:
        book = read_notebook(source_path(root, MODULE))
        for cell in book.cells:
            cell.source = released_source(cell)
        if callable(change):
            change(book)
        built = folder / "release" / MODULE
        write_notebook(built / f"{MODULE}.ipynb", book)
        return built

    monkeypatch.setattr(module, "generate", generate)
    if not run:
        monkeypatch.setattr(module, "scoring_cells", lambda *_: [])


def test_check_reports_differences_and_writes_nothing(tiny_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built_as(monkeypatch)
    write_package(tiny_course)
    course = load_course(tiny_course)
    report = release(course, tiny_course, MODULE, check=True)
    assert report.differences == [f"{MODULE}/{MODULE}.ipynb: missing from release/"]
    assert contents(tiny_course) == {}
    release(course, tiny_course, MODULE)
    assert release(course, tiny_course, MODULE, check=True).current
    before = contents(tiny_course)
    (tiny_course / "release" / MODULE / "stray.txt").write_text("x")
    book = read_notebook(source_path(tiny_course, MODULE))
    book.cells[0].source += "\n\nMore."
    write_notebook(source_path(tiny_course, MODULE), book)
    assert release(course, tiny_course, MODULE, check=True).differences == [
        f"{MODULE}/{MODULE}.ipynb: differs",
        f"{MODULE}/stray.txt: not made by the source",
    ]
    release(course, tiny_course, MODULE)
    assert contents(tiny_course).keys() == before.keys()


def test_what_leaks_is_refused_and_the_old_release_stays(tiny_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(tiny_course)
    course = load_course(tiny_course)
    built_as(monkeypatch)
    release(course, tiny_course, MODULE)
    before = contents(tiny_course)

    def leak(book: NotebookNode) -> None:
        book.cells[0].source += "\n\n    return total / w.sum()"

    built_as(monkeypatch, leak)
    with pytest.raises(CourseError, match=r"nothing was replaced:\n.*title is not its source[\s\S]*return total / w.sum"):
        release(course, tiny_course, MODULE)
    assert contents(tiny_course) == before


def test_a_source_that_breaks_a_rule_is_not_released(tiny_course: Path) -> None:
    book = read_notebook(source_path(tiny_course, MODULE))
    book.cells[2].metadata["collapsed"] = True
    write_notebook(source_path(tiny_course, MODULE), book)
    with pytest.raises(CourseError, match="collapsed"):
        release(load_course(tiny_course), tiny_course, MODULE)
    assert contents(tiny_course) == {}


def test_a_blank_that_scores_is_refused(tiny_course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built_as(monkeypatch, run=True)
    book = read_notebook(source_path(tiny_course, MODULE))
    check = next(cell for cell in book.cells if cell.id == "m1-E1-check")
    check.source = "# E1 check: asks for nothing at all.\n_one = 1\nassert _one == 1, 'one'"
    write_notebook(source_path(tiny_course, MODULE), book)
    with pytest.raises(CourseError, match="m1-E1-check passes on a blank notebook"):
        release(load_course(tiny_course), tiny_course, MODULE)
    assert contents(tiny_course) == {}


def spoilt_release(change: object) -> list[str]:
    source, shown = tiny_notebook(), tiny_notebook()
    for cell in shown.cells:
        cell.source = released_source(cell)
    assert leaks(source, shown) == []
    assert callable(change)
    change({cell.id: cell for cell in shown.cells}, shown)
    return leaks(source, shown)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda cells, book: cells["m1-E1-try"].outputs.append(new_output("stream", text="2")), "has outputs"),
        (lambda cells, book: cells["m1-E1-try"].update(execution_count=1), "has outputs"),
        (lambda cells, book: cells["title"].update(attachments={"a.png": {}}), "attachments"),
        (lambda cells, book: cells["title"].metadata.update(solution="return total / w.sum()"), "metadata.solution is left over"),
        (lambda cells, book: cells["title"].metadata.update(tags=["return total / w.sum()"]), "title].metadata.tags[0]: a line of a solution"),
        (lambda cells, book: book.metadata.update(widgets={}), "metadata.widgets is left over"),
        (lambda cells, book: cells["m1-E1-spec"].metadata["nbgrader"].update(remarks=1), "nbgrader.remarks"),
        (lambda cells, book: cells["m1-E1-code"].update(source="### BEGIN SOLUTION"), "the marker 'BEGIN SOLUTION' is left"),
        (lambda cells, book: cells["m1-E1-code"].update(source="def double("), "no valid Python"),
        (lambda cells, book: cells["m1-E1-hidden"].update(source='"twice each number"'), "is not its source"),
        (lambda cells, book: cells["m1-E1-reflect"].update(source="Reference: sums and multiples come out of it unchanged."), "a line of a solution"),
        (lambda cells, book: book.cells.pop(), "not those of the source"),
    ],
)
def test_each_kind_of_leak_is_found(change: object, words: str) -> None:
    assert any(words in leak for leak in spoilt_release(change)), spoilt_release(change)


def test_lines_that_students_see_anyway_are_no_secret() -> None:
    book = tiny_notebook()
    assert "return torch.add(x, x)" in secret_lines(book)
    book.cells[0].source += "\n\nFor instance: return torch.add(x, x)"
    assert "return torch.add(x, x)" not in secret_lines(book)


def test_files_beside_the_notebook_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("    return torch.add(x, x)")
    (tmp_path / "b.txt").write_text("")
    found = list(file_leaks(tmp_path, {"a.txt", "c.ipynb"}, tiny_notebook()))
    assert found[:2] == ["the file b.txt is not expected", "the file c.ipynb is missing"]
    assert found[2].startswith("a.txt: a line of a solution")


def test_released_ids_are_for_ever() -> None:
    before, now = tiny_notebook(), tiny_notebook()
    assert lost_ids(before, now) == []
    now.cells = [cell for cell in now.cells if cell.id != "m1-E1-hidden"]
    assert lost_ids(before, now)[0].startswith("m1-E1-hidden was released before")


def test_swap_replaces_the_whole_folder_and_leaves_nothing_behind(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "release" / "m1"
    for folder, name in ((new, "a"), (old, "b")):
        folder.mkdir(parents=True)
        (folder / name).write_text(name)
    swap(new, old)
    assert [path.name for path in old.iterdir()] == ["a"]
    assert [path.name for path in old.parent.iterdir()] == ["m1"]


def test_another_content_of_helpers_is_another_version(tmp_path: Path) -> None:
    write_package(tmp_path)
    first, again = (build_wheel(tmp_path, tmp_path / name) for name in ("a", "b"))
    assert first.name == again.name and first.read_bytes() == again.read_bytes()
    (tmp_path / "helpers" / "more.py").write_text("")
    assert build_wheel(tmp_path, tmp_path / "c").name != first.name


def test_missing_pieces_are_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"pyproject\.toml"):
        build_wheel(tmp_path, tmp_path)
    with pytest.raises(CourseError, match="restore the line"):
        students_environment("name: x", "w.whl")


def test_nbgrader_s_refusal_is_passed_on(tiny_course: Path, tmp_path: Path) -> None:
    book = read_notebook(source_path(tiny_course, MODULE))
    book.cells[0].source += "\n### BEGIN SOLUTION"
    write_notebook(source_path(tiny_course, MODULE), book)
    course = load_course(tiny_course)
    with pytest.raises(CourseError, match="no end solution statement found"):
        module.generate(course, tiny_course, course.modules[0], tmp_path)
