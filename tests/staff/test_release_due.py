"""What a week asks for goes out once, in time, to the zips or to nbgrader's exchange; what is not fit to go out stops nothing else."""

from __future__ import annotations

import stat
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from typer.testing import CliRunner

from staff import exchange_out, weekly
from staff import release as releasing
from staff.cli import app
from staff.config import Course, CourseError, Module, load_course
from staff.exchange import from_exchange
from staff.exchange_out import State
from staff.notebook import write_text
from staff.release import ReleaseReport
from tests.staff import tiny

pytestmark = pytest.mark.usefixtures("wide")
WEEKS = {"m1_tiny": 1, "m2_small": 2, "m3_last": 4, "m4_open": 4}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Four modules in weeks 1, 2, 4 and (on Wednesday) 4; the second one is not written yet."""
    data = yaml.safe_load(tiny.COURSE)
    (first,) = data["modules"]
    modules = []
    for name, week in WEEKS.items():
        day = "wed" if name == "m4_open" else "mon"
        dates = {"release": {"week": week, "day": day}, "help": {"week": week + 1, "day": day}}
        modules.append({**first, **dates, "id": name, "due": {"week": week + 1, "day": "fri", "time": "23:59"}})
        if name != "m2_small":
            write_text(tmp_path / "source" / name / f"{name}.ipynb", "{}")
    orals = [{**data["orals"][0], "modules": list(WEEKS), "at": {"week": 8, "day": "thu"}}]
    write_text(tmp_path / "course.yml", yaml.safe_dump({**data, "modules": modules, "orals": orals}))
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the modules that were built, by a stand-in that takes no time."""
    names: list[str] = []

    def make(course: Course, root: Path, module: Module | str, **_: object) -> ReleaseReport:
        name = module if isinstance(module, str) else module.id
        names.append(name)
        if (root / "source" / name / "broken").exists():
            raise CourseError(f"{name}: the release is not fit to go out")
        new = not (root / "release" / name).is_dir()
        write_text(root / "release" / name / f"{name}.ipynb", "{}")
        write_text(root / "dist" / f"{name}.zip", f"zip of {name}")
        return ReleaseReport(module=name, version="2026.1", cells=1, new_ids=[], differences=["new"] if new else [], written=["release"])

    monkeypatch.setattr(releasing, "release", make)
    return names


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An exchange without nbgrader's seconds."""
    folder = tmp_path / "exchange"
    folder.mkdir()

    def released(course: Course, root: Path, module: str) -> dict[str, object]:
        write_text(folder / course.id / "outbound" / module / f"{module}.ipynb", (root / "release" / module / f"{module}.ipynb").read_text())
        return {"success": True}

    def api(course: Course, root: Path) -> SimpleNamespace:
        return SimpleNamespace(exchange_root=str(folder), release_assignment=partial(released, course, root))

    monkeypatch.setattr(exchange_out, "_api", api)
    return folder


def command(root: Path, *words: str, status: int = 0) -> str:
    done = CliRunner().invoke(app, ["release", *words, "--root", str(root)])
    if isinstance(done.exception, CourseError):
        return str(done.exception)
    assert done.exit_code == status, done.output
    return done.output


def row(shown: str, module: str) -> str:
    return next(line for line in shown.splitlines() if module in line)


def test_before_the_course_nothing_is_asked_for(root: Path, made: list[str]) -> None:
    shown = command(root, "--due", "--on", "2026-08-20")
    assert "nothing is asked for before Mon 24 Aug 2026" in shown and "next: m1_tiny on Mon 24 Aug 08:00" in shown
    assert made == []


def test_this_weeks_module_is_built_and_named_for_upload(root: Path, made: list[str]) -> None:
    shown = command(root, "--due", "--on", "2026-08-26")
    assert made == ["m1_tiny"]
    assert "built; upload dist/m1_tiny.zip" in row(shown, "m1_tiny") and "next: m2_small on Mon 31 Aug" in shown
    assert "as before; upload" in row(command(root, "--due", "--on", "2026-08-26"), "m1_tiny")


def test_the_evening_before_its_time_a_zip_is_ready_and_says_when(root: Path, made: list[str]) -> None:
    assert "not before Mon 24 Aug 08:00" in row(command(root, "--due", "--on", "2026-08-24 07:00"), "m1_tiny")
    assert made == ["m1_tiny"]


def test_a_module_that_is_not_written_is_said_and_stops_nothing(root: Path, made: list[str]) -> None:
    shown = command(root, "--due", "--on", "2026-09-16", status=1)
    assert "source/m2_small/m2_small.ipynb is not written" in row(shown, "m2_small")
    assert made == ["m1_tiny", "m3_last", "m4_open"]


def test_an_earlier_module_is_built_only_where_its_zip_is_missing(root: Path, made: list[str]) -> None:
    command(root, "--due", "--on", "2026-08-26")
    made.clear()
    shown = command(root, "--due", "--on", "2026-09-16", status=1)
    assert made == ["m3_last", "m4_open"] and "out already" in row(shown, "m1_tiny")


def test_one_that_is_not_fit_to_go_out_stops_no_other(root: Path, made: list[str]) -> None:
    (root / "source" / "m3_last" / "broken").touch()
    shown = command(root, "--due", "--on", "2026-09-16", status=1)
    assert "not fit to go out" in row(shown, "m3_last") and "upload dist/m4_open.zip" in row(shown, "m4_open")


def test_zips_are_copied_into_a_folder(root: Path, made: list[str], tmp_path: Path) -> None:
    target = tmp_path / "for canvas"
    shown = command(root, "--due", "--on", "2026-08-26", "--to", str(target))
    assert (target / "m1_tiny.zip").read_text() == "zip of m1_tiny" and "upload" in shown
    assert [path.name for path in target.iterdir()] == ["m1_tiny.zip"]
    command(root, "m3", "--to", str(target))
    assert (target / "m3_last.zip").is_file()
    (tmp_path / "file").touch()
    assert "a file, not a folder" in command(root, "--due", "--to", str(tmp_path / "file"), status=1)


def test_the_exchange_gets_a_module_in_its_time_and_once(root: Path, made: list[str], shop: Path) -> None:
    early = command(root, "--due", "--on", "2026-09-14", "--to", "exchange", status=1)
    assert "into the exchange" in row(early, "m1_tiny") and "into the exchange" in row(early, "m3_last")
    assert "too early for the exchange: run it again after Wed 16 Sep 08:00" in row(early, "m4_open")
    outbound = shop / "tiny1" / "outbound"
    assert sorted(path.name for path in outbound.iterdir()) == ["m1_tiny", "m3_last"]
    made.clear()
    again = command(root, "--due", "--on", "2026-09-16 12:00", "--to", "exchange", status=1)
    assert made == ["m3_last", "m4_open"]
    assert "out already" in row(again, "m1_tiny") and "in the exchange already" in row(again, "m3_last")
    assert (outbound / "m4_open").is_dir()


def test_a_correction_of_an_earlier_week_waits_for_a_person(root: Path, made: list[str], shop: Path) -> None:
    command(root, "--due", "--on", "2026-08-26", "--to", "exchange")
    write_text(root / "release" / "m1_tiny" / "m1_tiny.ipynb", '{"corrected": 1}')
    write_text(root / "source" / "m2_small" / "m2_small.ipynb", "{}")
    shown = command(root, "--due", "--on", "2026-09-02", "--to", "exchange", status=1)
    assert "another version than release/: course release m1 --to exchange replaces it" in row(shown, "m1_tiny")
    assert "into the exchange" in row(shown, "m2_small")


def test_options_that_do_not_go_together(root: Path, made: list[str]) -> None:
    for words, said in [
        (["m1", "--due"], "name a module"),
        (["--all", "--due"], "name a module"),
        ([], "name a module"),
        (["m1", "--on", "2026-09-01"], "--on goes with --due"),
        (["--due", "--check"], "--check writes nothing"),
        (["--due", "--on", "soon"], "--on soon: no time; write 2026-09-07"),
    ]:
        assert said in command(root, *words, status=1)
    assert made == []


def test_impossible_dates_release_nothing(root: Path, made: list[str]) -> None:
    text = (root / "course.yml").read_text()
    (root / "course.yml").write_text(text + "holidays: [{date: 2026-09-04, title: Day off}]\n")
    assert "is a holiday" in command(root, "--due", "--on", "2026-08-26", status=1)
    assert made == []


def test_no_exchange_is_said_with_a_remedy(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(exchange_out, "_api", lambda *_: SimpleNamespace(exchange_root=str(tmp_path / "nowhere")))
    with pytest.raises(CourseError, match=r"no exchange of nbgrader there.*c\.Exchange\.root"):
        weekly.target(load_course(root), root, "exchange")


def test_nbgraders_own_api_releases_where_its_configuration_says(root: Path, tmp_path: Path) -> None:
    """The real thing: into an exchange that nbgrader's configuration names, errata and data too."""
    folder = tmp_path / "shop"
    folder.mkdir()
    folder.chmod(0o777)
    write_text(root / "nbgrader_config.py", f"c = get_config()\nc.Exchange.root = {str(folder)!r}\nc.CourseDirectory.ignore = ['*.md']\n")
    for name, text in (
        ("m1_tiny.ipynb", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'),
        ("ERRATA.md", "# x"),
        ("data/a.csv", "1"),
    ):
        write_text(root / "release" / "m1_tiny" / name, text)
    course = load_course(root)
    shop = exchange_out.exchange_root(course, root)
    assert shop == folder and exchange_out.state(course, root, shop, "m1_tiny") is State.ABSENT
    exchange_out.give(course, root, "m1_tiny")
    assert exchange_out.state(course, root, shop, "m1_tiny") is State.SAME
    write_text(root / "release" / "m1_tiny" / "ERRATA.md", "# y")
    assert exchange_out.state(course, root, shop, "m1_tiny") is State.OTHER
    assert stat.S_IMODE((folder / "tiny1" / "inbound").stat().st_mode) & 0o733 == 0o733


@pytest.mark.parametrize(
    ("line", "error"), [("c.Exchange.root = 5", "TraitError"), ("import no_such_module", "ModuleNotFoundError"), ("c = (", "SyntaxError")]
)
def test_a_configuration_that_can_not_be_is_told(root: Path, line: str, error: str) -> None:
    write_text(root / "nbgrader_config.py", f"c = get_config()\n{line}\n")
    course = load_course(root)
    for ask in (lambda: exchange_out.exchange_root(course, root), lambda: from_exchange(course, root, course.module("m1"))):
        with pytest.raises(CourseError, match=rf"could not be asked about the exchange \({error}: .*nbgrader_config\.py"):
            ask()


def test_what_nbgrader_refuses_is_told_in_its_words(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = {"success": False, "log": "[ERROR] You don't own the directory\n", "error": "Traceback"}
    monkeypatch.setattr(exchange_out, "_api", lambda *_: SimpleNamespace(release_assignment=lambda module: refused))
    with pytest.raises(CourseError, match=r"release_assignment m1_tiny failed: .*You don't own"):
        exchange_out.give(load_course(root), root, "m1_tiny")
