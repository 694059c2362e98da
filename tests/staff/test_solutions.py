"""Solutions go out when nobody can hand the module in any more, and never with a hidden test or a rubric."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode
from typer.testing import CliRunner

from staff import solutions as module
from staff.cli import app
from staff.config import CourseError, load_course
from staff.lint import source_path
from staff.notebook import read_notebook, write_notebook, write_text
from staff.solutions import hidden_left, release_solutions, solution_notebook
from staff.solutions_due import reasons_against
from tests.staff.class_of import at, attempt
from tests.staff.gradebooks import fill, write_course
from tests.staff.tiny import MODULE, tiny_notebook, write_tiny

pytestmark = pytest.mark.usefixtures("wide")
ROOT = Path(__file__).parents[2]
EXTENSION = ["record", "extension", "alice", "m1", "--until", "2020-12-24", "--by", "KM", "--reason", "ill"]


@pytest.fixture
def root(tmp_path: Path, empty_gradebook: Path) -> Path:
    """The small course of 2020 (m1 due 4 Sep, the course ends 25 Oct, re-exam until 20 Dec), its notebook written, no students."""
    write_tiny(tmp_path / "tiny")
    write_course(tmp_path, empty_gradebook)
    write_notebook(source_path(tmp_path, MODULE), read_notebook(source_path(tmp_path / "tiny", MODULE)))
    return tmp_path


@pytest.fixture
def unlinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small course's tasks are not those of the tiny notebook; of what is refused, only the dates are the matter here."""
    monkeypatch.setattr(module, "check_notebook", lambda *_: [])


def command(root: Path, *words: str, now: str, status: int = 0) -> str:
    done = CliRunner().invoke(app, [*words, "--root", str(root)], env={"COURSE_NOW": f"{now}:00+02:00"})
    if isinstance(done.exception, CourseError):
        return str(done.exception)
    assert done.exit_code == status, done.output
    return done.output


def against(root: Path, now: str, name: str = "m1") -> list[str]:
    course = load_course(root)
    return reasons_against(course, root, course.module(name), at(now))


def test_before_the_due_date_and_until_letters_are_known_it_is_refused(root: Path) -> None:
    (due, renewed) = against(root, "2020-09-04 21:00")
    assert due == "it is due Fri 04 Sep 2020 23:59"
    assert "before Sun 25 Oct 2020 23:59" in renewed and "Sun 20 Dec 2020" in renewed
    assert against(root, "2020-09-04 22:30") == [renewed]


def test_extensions_count_as_long_as_they_last(root: Path) -> None:
    command(root, *EXTENSION, "--new", now="2020-09-01T12:00")
    (reason,) = against(root, "2020-12-22 12:00")
    assert reason == "the extension of alice lasts until Thu 24 Dec 2020 23:59"
    assert against(root, "2020-12-24 23:30") == []
    command(root, "record", "withdraw", "1", "--by", "KM", "--reason", "well again", now="2020-09-02T12:00")
    assert against(root, "2020-12-22 12:00") == []


def test_who_may_renew_blocks_until_the_re_exam_ends(root: Path) -> None:
    assert against(root, "2020-11-10 12:00") == []  # no students at all
    done = [attempt("m1_tiny"), attempt("m2_small", "2020-09-09 12:00")]
    fill(root, done, ["bob"])
    assert against(root, "2020-11-10 12:00") == []  # F, both of them
    for words in (["oral", "alice", "1", "--level", "E"], ["oral", "alice", "2", "--level", "E"], ["quiz", "alice", "--passed"]):
        command(root, "record", *words, "--at", "2020-10-12", now="2020-10-20T12:00")
    (reason,) = against(root, "2020-11-10 12:00")
    assert reason == "alice may hand it in again (Fx, or E to B) until the re-exam period ends, Sun 20 Dec 2020 08:00"
    assert against(root, "2020-12-20 08:00") == []


def test_who_has_renewed_another_notebook_blocks_no_more(root: Path) -> None:
    fill(root, [attempt("m1_tiny"), attempt("m2_small", "2020-11-12 12:00")])  # m2 late: Fx; it is handed in in the re-exam period
    for words in (["oral", "alice", "1", "--level", "E"], ["oral", "alice", "2", "--level", "E"], ["quiz", "alice", "--passed"]):
        command(root, "record", *words, "--at", "2020-10-12", now="2020-10-20T12:00")
    assert against(root, "2020-11-20 12:00", "m1") == []
    assert "alice may hand it in again" in against(root, "2020-11-20 12:00", "m2")[0]


def test_late_days_without_a_limit_for_one_notebook_are_waited_for(root: Path) -> None:
    text = (root / "course.yml").read_text().replace("late_days: 0, max_per_assignment: 0", "late_days: 5, max_per_assignment: 0")
    write_text(root / "course.yml", text)
    assert against(root, "2020-09-05 12:00")[0] == "with late days it may be handed in until Wed 09 Sep 2020 23:59"


def test_late_days_are_waited_for(root: Path) -> None:
    text = (root / "course.yml").read_text().replace("late_days: 0, max_per_assignment: 0", "late_days: 5, max_per_assignment: 2")
    (root / "course.yml").write_text(text)
    assert against(root, "2020-09-05 12:00")[0] == "with late days it may be handed in until Sun 06 Sep 2020 23:59"
    assert len(against(root, "2020-09-07 12:00")) == 1
    command(root, *EXTENSION, "--new", now="2020-09-01T12:00")
    assert against(root, "2020-12-26 12:00") == ["the extension of alice lasts until Sat 26 Dec 2020 23:59, with late days"]


def test_without_a_re_exam_the_due_date_is_enough_and_practice_waits_for_its_quiz(root: Path) -> None:
    text = (root / "course.yml").read_text()
    (root / "course.yml").write_text("\n".join(line for line in text.splitlines() if not line.startswith("  reexam")))
    assert against(root, "2020-09-06 12:00") == []
    assert against(root, "2020-10-10 12:00", "m8") == ["its quiz is due Tue 13 Oct 2020 08:00"]
    assert against(root, "2020-10-14 12:00", "m8") == []


@pytest.mark.usefixtures("unlinted")
def test_the_command_refuses_and_forcing_is_logged(root: Path) -> None:
    refused = command(root, "release-solutions", "m1", now="2020-09-03T12:00", status=1)
    assert "it is due Fri 04 Sep" in refused and "--force --by NAME --reason TEXT, which is logged" in refused
    for words in (["--force"], ["--force", "--by", "KM"], ["--force", "--reason", "x"], ["--force", "--by", " ", "--reason", "x"]):
        assert "give --by NAME and --reason TEXT" in command(root, "release-solutions", "m1", *words, now="2020-09-03T12:00", status=1)
    assert "go with --force" in command(root, "release-solutions", "m1", "--by", "KM", now="2020-09-03T12:00", status=1)
    assert not (root / "dist").exists()
    forced = command(root, "release-solutions", "m1", "--force", "--by", "KM", "--reason", "all have handed in", now="2020-09-03T12:00")
    assert "forced, although it is due Fri 04 Sep" in forced and (root / "dist" / "solutions" / MODULE).is_dir()
    log = command(root, "release-solutions", now="2020-09-03T13:00")
    assert all(word in log for word in ("03 Sep 2020 12:00", "m1_tiny", "KM", "all have handed in"))


@pytest.mark.usefixtures("unlinted")
def test_in_due_time_nothing_is_logged_and_a_second_run_changes_nothing(root: Path) -> None:
    command(root, "release-solutions", "m1", now="2020-12-21T12:00")
    folder = root / "dist" / "solutions" / MODULE
    before = {path.name: path.read_bytes() for path in folder.rglob("*")}
    assert list(before) == [f"{MODULE}_solutions.ipynb"]
    command(root, "release-solutions", "m1", "--force", "--by", "KM", "--reason", "sure", now="2020-12-21T12:00")
    assert {path.name: path.read_bytes() for path in folder.rglob("*")} == before
    assert "KM" not in command(root, "release-solutions", now="2020-12-21T13:00")


def test_a_source_out_of_order_is_not_given_out(root: Path) -> None:
    course = load_course(root)
    with pytest.raises(CourseError, match="not fit to go out; nothing was written"):
        release_solutions(course, root, course.module("m1"), force=True, who="KM", why="x")
    with pytest.raises(CourseError, match="not written yet"):
        release_solutions(course, root, course.module("m2"), force=True, who="KM", why="x")
    assert not (root / "dist").exists()
    assert "KM" not in command(root, "release-solutions", now="2020-12-21T13:00")


@pytest.fixture
def solved(tmp_path: Path) -> NotebookNode:
    write_tiny(tmp_path)
    course = load_course(tmp_path)
    return solution_notebook(course, course.module("m1"), tiny_notebook())


def test_solutions_and_answers_are_shown_and_nothing_that_grades(solved: NotebookNode) -> None:
    cells = {cell.id: cell for cell in solved.cells}
    assert cells["m1-D1-code"].source.endswith("    # One solution:\n    total = (w * x).sum()\n    return total / w.sum()")
    assert "> **Reference answer.** sums and multiples come out of it unchanged." in cells["m1-E1-reflect"].source
    assert "why is doubling linear" in cells["m1-E1-reflect"].source
    assert cells["m1-D1-hidden"].source.splitlines()[0] == "# D1 hidden tests: unequal weights, their scale, gradients."
    everything = "\n".join(cell.source for cell in solved.cells)
    for secret in ("Rubric", "names sums", "normalised weight", "_grad", "BEGIN", "END SOL", "hand_in(", "YOUR ANSWER"):
        assert secret not in everything
    assert all("nbgrader" not in cell.metadata for cell in solved.cells)
    assert solved.cells[1].id == "m1-solutions" and solved.metadata["course"]["solutions"] is True


def test_the_source_is_left_as_it_was(tmp_path: Path) -> None:
    write_tiny(tmp_path)
    course, source = load_course(tmp_path), tiny_notebook()
    solution_notebook(course, course.module("m1"), source)
    assert source == tiny_notebook()


@pytest.mark.parametrize(
    ("cell", "line", "words"),
    [
        ("title", 'assert torch.allclose(_grad, _w / 4.5, atol=1e-8), "the gradient is the normalised weight"', "a hidden test or rubric"),
        ("m1-E1-reflect", "Rubric: names sums (must); names multiples (good).", "a hidden test or rubric"),
        ("m1-D1-code", "### END SOLUTION", "the marker"),
    ],
)
def test_what_would_tell_a_hidden_test_is_found(solved: NotebookNode, cell: str, line: str, words: str) -> None:
    assert hidden_left(tiny_notebook(), solved) == []
    found = next(item for item in solved.cells if item.id == cell)
    found.source += f"\n{line}"
    assert any(words in problem and cell in problem for problem in hidden_left(tiny_notebook(), solved))


def test_the_real_notebooks_have_solutions_that_parse_and_hide_their_tests() -> None:
    course = load_course(ROOT)
    written = [item for item in course.modules if source_path(ROOT, item.id).is_file()]
    assert written
    for item in written:
        source = read_notebook(source_path(ROOT, item.id))
        made = solution_notebook(course, item, source)
        assert hidden_left(source, made) == []
        for cell in made.cells:
            if cell.cell_type == "code":
                compile(cell.source, cell.id, "exec")
        answers = [cell.source for cell in made.cells if "-reflect" in cell.id]
        assert answers and all("> **Reference answer.**" in text for text in answers)


@pytest.mark.usefixtures("unlinted")
def test_data_beside_the_notebook_come_along(root: Path) -> None:
    write_text(root / "source" / MODULE / "data" / "a.csv", "1\n")
    course = load_course(root)
    folder, _ = release_solutions(course, root, course.module("m1"), force=True, who="KM", why="x")
    assert (folder / "data" / "a.csv").read_text() == "1\n"
