"""Collecting hand-ins: Canvas' names, several attempts, what is refused, repetition, folders, nbgrader's exchange."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from staff.canvas_names import CanvasName, no_file, parse, plain_name
from staff.cli import app
from staff.collect import Collection, collect, take
from staff.config import CourseError, load_course
from staff.intake import load_master, read_all
from staff.kept import read_kept
from staff.roster import read_roster
from staff.times import read_times
from tests.staff.hand_ins import IN_TIME, MODULE, canvas, notebook, tree, write_roster, zipped
from tests.staff.tiny import COURSE

DUE = datetime(2026, 9, 4, 21, 59, tzinfo=UTC)


@pytest.fixture
def root(tiny_course: Path, empty_gradebook: Path) -> Path:
    shutil.copyfile(empty_gradebook, tiny_course / "gradebook.db")
    write_roster(tiny_course)
    return tiny_course


def run(root: Path, source: Path | str, **more: object) -> Collection:
    return collect(load_course(root), root, "m1", str(source), **more)  # type: ignore[arg-type]


def receipts(root: Path, student: str) -> str:
    return "\n".join(path.read_text() for path in sorted((root / "feedback" / student).rglob("receipt-*.txt")))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ekalice_101_9001_m1_tiny.zip", CanvasName("101", 9001, False, "m1_tiny.zip")),
        ("ekalice_LATE_101_9001_m1_tiny-2.zip", CanvasName("101", 9001, True, "m1_tiny-2.zip")),
        ("åsölafsdóttir_7_8_m1_tiny.ipynb", CanvasName("7", 8, False, "m1_tiny.ipynb")),
        ("van_der_berg_7_8_3_4_notes.txt", CanvasName("7", 8, False, "3_4_notes.txt")),
        ("12345_7_8_m1_tiny.zip", CanvasName("7", 8, False, "m1_tiny.zip")),
    ],
)
def test_canvas_names(name: str, parts: CanvasName) -> None:
    assert parse(name) == parts


def test_names_that_hold_no_hand_in() -> None:
    assert "anonymous grading" in (no_file("LATE_anon_a1B2c_77_m1_tiny.zip") or "")
    assert "typed into Canvas" in (no_file("ekalice_LATE_101_text.html") or "") and "a link" in (no_file("ekalice_101_link.html") or "")
    assert parse("anon_a1B2c_77_m1_tiny.zip") is None and parse("m1_tiny.zip") is None and no_file("ekalice_1_2_m1_tiny.zip") is None


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("m1_tiny-3.zip", "m1_tiny.zip"), ("m1_tiny (1).ipynb", "m1_tiny.ipynb"), ("M1_Tiny.ZIP", "m1_tiny.zip"),
        ("m1_tiny-0b0f6c1e-8f7d-4d5e-9a3a-2f1d5c6b7a80.zip", "m1_tiny.zip"), ("my notes.ipynb", "my notes.ipynb"), ("../x.ipynb", "_x.ipynb"),
        ("m1_tiny_final.ipynb", "m1_tiny_final.ipynb"),
    ],
)  # fmt: skip
def test_plain_names(given: str, plain: str) -> None:
    assert plain_name(given, MODULE) == plain


def test_canvas_download_is_kept_graded_from_and_receipted(root: Path, tmp_path: Path) -> None:
    data = zipped(notebook("m1-D1-code"))
    source = canvas(tmp_path / "submissions.zip", {"ekalice_101_9001_m1_tiny.zip": data, "öbob_102_9002_m1_tiny.ipynb": notebook()})
    done = run(root, source)
    assert [(one.student, one.new, one.replaced) for one in done.students] == [("alice", 1, True), ("bob", 1, True)] and not done.refused
    (kept,) = read_kept(root, "alice", MODULE)
    assert kept.folder(root).joinpath("m1_tiny.zip").read_bytes() == data and kept.sha256 == hashlib.sha256(data).hexdigest()
    course = load_course(root)
    alice, bob = read_all(root, load_master(course, root, "m1"), DUE)
    assert alice.handed_in == IN_TIME and not alice.findings and not bob.findings
    assert alice.attempted == {"m1-E0-answer-disclosure": True, "m1-E1-code": True, "m1-E1-reflect": True, "m1-D1-code": False}
    text = receipts(root, "alice")
    assert "in time (due 04 Sep 2026, 23:59)" in text and "3 of 4 answers are filled in" in text and "Missing: D1 code" in text
    assert kept.sha256 in text and "release 2026.1" in text and "DOES NOT COUNT" not in text
    assert "Nothing is missing." in receipts(root, "bob")


def test_repeating_it_changes_nothing_even_at_another_time(root: Path, tmp_path: Path) -> None:
    files = {"ekalice_101_9001_m1_tiny.zip": zipped(notebook()), "ekalice_101_9005_m1_tiny-1.zip": zipped(notebook("m1-D1-code"))}
    run(root, canvas(tmp_path / "s.zip", files))
    before, stamps = tree(root), {path: path.stat().st_mtime_ns for path in (root / "submitted").rglob("*")}
    again = run(root, canvas(tmp_path / "again.zip", files, IN_TIME + timedelta(hours=9)))
    assert tree(root) == before and [one.new for one in again.students] == [0] and not again.students[0].replaced
    assert {path: path.stat().st_mtime_ns for path in (root / "submitted").rglob("*")} == stamps
    assert [path.name for path in (root / "attempts").glob(".*")] == [".lock"]


def test_several_uploads_are_several_attempts_and_the_newest_in_time_is_graded(root: Path, tmp_path: Path) -> None:
    first, second, late = (zipped(notebook(top=word)) for word in ("first", "second", "late"))
    run(root, canvas(tmp_path / "a.zip", {"ekalice_101_21_m1_tiny-1.zip": second, "ekalice_101_9_m1_tiny.zip": first}))
    assert len(read_kept(root, "alice", MODULE)) == 2
    assert (root / "submitted/alice/m1_tiny/m1_tiny.zip").read_bytes() == second  # 21 came after 9, though "21" < "9"
    done = run(root, canvas(tmp_path / "b.zip", {"ekalice_LATE_101_30_m1_tiny-2.zip": late}, DUE + timedelta(hours=3)))
    assert len(read_kept(root, "alice", MODULE)) == 3 and not done.students[0].replaced
    assert (root / "submitted/alice/m1_tiny/m1_tiny.zip").read_bytes() == second
    assert "LATE (due 04 Sep 2026, 23:59)" in receipts(root, "alice")


def test_an_earlier_version_handed_in_again_is_the_newest(root: Path, tmp_path: Path) -> None:
    first, second = zipped(notebook(top="first")), zipped(notebook(top="second"))
    files = {"ek_101_1_m1_tiny.zip": first, "ek_101_2_m1_tiny-1.zip": second, "ek_101_3_m1_tiny-2.zip": first}
    for _ in range(2):
        run(root, canvas(tmp_path / "a.zip", files))
        assert len(read_kept(root, "alice", MODULE)) == 3
        assert (root / "submitted/alice/m1_tiny/m1_tiny.zip").read_bytes() == first


def test_a_notebook_and_a_zip_of_one_upload_are_one_attempt(root: Path, tmp_path: Path) -> None:
    run(root, canvas(tmp_path / "a.zip", {"ekalice_101_1_m1_tiny.zip": zipped(notebook()), "ekalice_101_2_m1_tiny.ipynb": notebook()}))
    (kept,) = read_kept(root, "alice", MODULE)
    assert sorted(kept.files) == ["m1_tiny.ipynb", "m1_tiny.zip"]


def test_what_is_late_at_canvas_alone_is_late_without_the_minute(root: Path, tmp_path: Path) -> None:
    source = canvas(tmp_path / "a.zip", {"ekalice_LATE_101_1_m1_tiny.zip": zipped(notebook())}, DUE + timedelta(days=6))
    done = run(root, source)
    assert done.students[0].chosen and not done.students[0].chosen.exact and "or earlier" in receipts(root, "alice")
    times = tmp_path / "times.csv"
    times.write_text("student,handed_in\nalice,2026-09-04 23:58\n")
    again = run(root, source, times=read_times(load_course(root), times))
    assert again.students[0].new == 0 and again.students[0].replaced  # the same file, better known
    assert read_kept(root, "alice", MODULE)[0].exact and "in time (due 04 Sep 2026, 23:59)" in receipts(root, "alice")


def test_not_late_at_canvas_is_in_time_however_late_it_is_downloaded(root: Path, tmp_path: Path) -> None:
    done = run(root, canvas(tmp_path / "a.zip", {"ekalice_101_1_m1_tiny.zip": zipped(notebook())}, DUE + timedelta(days=40)))
    assert done.students[0].chosen and done.students[0].chosen.handed_in == DUE


def test_one_bad_file_stops_nothing_and_is_named(root: Path, tmp_path: Path) -> None:
    bomb = zipped(notebook(), bomb=b"\0" * (200 * 2**20))
    files = {
        "ekalice_101_1_m1_tiny.zip": bomb,
        "../../etc_102_2_m1_tiny.zip": zipped(notebook()),
        "öbob_102_3_m3_flows.zip": zipped(notebook()),
        "whoever_999_4_m1_tiny.zip": zipped(notebook()),
        "holiday.jpg": b"x",
        "ekalice_101_text.html": b"<p>done</p>",
        "__MACOSX/._chen_103_5_m1_tiny.zip": b"x",
        "chen_103_5_m1_tiny.zip": zipped(notebook()),
    }
    other = "  - {id: m3_flows, title: Flows, cpu_minutes: 1, release: {week: 1, day: mon}, graded: false, exam_topics: []}"
    (root / "course.yml").write_text(COURSE.replace("lectures: []", f"{other}\nlectures: []"))
    done = run(root, canvas(tmp_path / "a.zip", files))
    assert [one.student for one in done.students] == ["chen"]
    said = {one.file: one.why for one in done.refused}
    assert len(said) == 6
    assert "unpacks to 2 files of 210 MB" in said["ekalice_101_1_m1_tiny.zip"]
    assert "leads out" in said["../../etc_102_2_m1_tiny.zip"] and "hand-in of m3_flows" in said["öbob_102_3_m3_flows.zip"]
    assert "999 is not in roster.csv" in said["whoever_999_4_m1_tiny.zip"] and "typed into Canvas" in said["ekalice_101_text.html"]
    assert not (root / "submitted/alice").exists() and not (root.parent / "etc_102_2_m1_tiny.zip").exists()
    assert "unpacks to" in (root / "feedback/alice/m1_tiny/not-taken.txt").read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("student,canvas_id\nalice,101\nbob,101\n", "row 3, column canvas_id '101': stands in row 2"),
        ("student,canvas_id\nalice,x1\n", "row 2, column canvas_id 'x1': not a whole number"),
        ("student,canvas_id\n../alice,1\n", "row 2, column student '../alice'"),
        ("name,canvas_id\nalice,1\n", "row 1: column student is missing"),
        ("student,canvas_id\nalice,1,2\n", "row 2: 3 values for 2 columns"),
        ("", "empty"),
    ],
)
def test_a_wrong_roster_stops_it_before_anything_is_written(root: Path, tmp_path: Path, text: str, said: str) -> None:
    write_roster(root, text)
    with pytest.raises(CourseError) as error:
        run(root, canvas(tmp_path / "a.zip", {"ekalice_101_1_m1_tiny.zip": zipped(notebook())}))
    assert said in str(error.value) and "roster.csv" in str(error.value) and not tree(root)


def test_canvas_own_export_is_a_roster(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,M1 (77)\n    Points Possible,,,,,10\n"
        '"Ek, Alice",101,u1,alice@kth.se,A,\n"Student, Test",555,,abcdef,A,\n'
    )
    roster = read_roster(path)
    assert roster.by_canvas == {"101": "alice@kth.se"}


def test_without_a_roster_canvas_ids_say_nothing(root: Path, tmp_path: Path) -> None:
    (root / "roster.csv").unlink()
    with pytest.raises(CourseError, match=r"roster\.csv"):
        run(root, canvas(tmp_path / "a.zip", {"ekalice_101_1_m1_tiny.zip": zipped(notebook())}))


@pytest.mark.parametrize(
    "text", ["student,handed_in\nalice,soon\n", "student,handed_in\nalice,2026-09-04\n", "student,handed_in\nalice,2099-01-01 10:00\n"]
)
def test_times_are_checked(root: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "times.csv"
    path.write_text(text)
    with pytest.raises(CourseError, match="row 2, column handed_in"):
        read_times(load_course(root), path)


def test_a_folder_of_files_and_folders(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    (folder / "chen" / "artifacts").mkdir(parents=True)
    (folder / "alice_m1_tiny.zip").write_bytes(zipped(notebook()))
    (folder / "m1_tiny_bob (1).ipynb").write_bytes(notebook())
    (folder / "chen" / "m1_tiny.ipynb").write_bytes(notebook())
    (folder / "chen" / "artifacts" / "net.safetensors").write_bytes(b"1234")
    (folder / "zoe_m1_tiny.zip").write_bytes(zipped(notebook()))
    (folder / "link_m1_tiny.zip").symlink_to("/etc/hostname")
    (folder / "m1_tiny.zip").write_bytes(zipped(notebook()))
    for path in folder.rglob("*.*"):
        if not path.is_symlink():
            os.utime(path, (IN_TIME.timestamp(), IN_TIME.timestamp()))
    done = run(root, folder)
    assert [one.student for one in done.students] == ["alice", "bob", "chen"]
    assert {one.file: one.why.split(";")[0] for one in done.refused} == {
        "zoe_m1_tiny.zip": "student 'zoe' is not in roster.csv", "link_m1_tiny.zip": "a link, not a file", "m1_tiny.zip": "can't tell whose it is",
    }  # fmt: skip
    assert (root / "submitted/chen/m1_tiny/artifacts/net.safetensors").read_bytes() == b"1234"
    assert all(one.chosen and one.chosen.exact for one in done.students)
    before = tree(root)
    run(root, folder)
    assert tree(root) == before


def test_no_file_of_a_folder_is_lost_and_names_are_harmless(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "usb" / "alice"
    folder.mkdir(parents=True)
    for name, word in (("m1_tiny.ipynb", "old"), ("m1_tiny (1).ipynb", "new"), ("no\ntes\x1b[2J.txt", "x")):
        (folder / name).write_bytes(notebook(top=word))
    run(root, folder.parent)
    (kept,) = read_kept(root, "alice", MODULE)
    assert sorted(kept.files) == ["m1_tiny (1).ipynb", "m1_tiny.ipynb", "no_tes__2J.txt"]
    assert "\x1b" not in receipts(root, "alice")
    (root / "roster.csv").unlink()
    (tmp_path / "usb" / "alicia").mkdir()
    (tmp_path / "usb" / "alicia" / "m1_tiny.ipynb").write_bytes(notebook())
    assert ["alicia" in one.why for one in run(root, folder.parent).doubts] == [True]


def test_what_was_put_into_submitted_by_hand_is_kept_before_it_is_replaced(root: Path, tmp_path: Path) -> None:
    mine = root / "submitted/alice/m1_tiny"
    mine.mkdir(parents=True)
    (mine / "m1_tiny.ipynb").write_bytes(notebook("m1-E1-code"))
    (mine / "timestamp.txt").write_text("2026-09-01 10:00:00 UTC")
    run(root, canvas(tmp_path / "a.zip", {"ekalice_101_1_m1_tiny.zip": zipped(notebook())}))
    kept = read_kept(root, "alice", MODULE)
    assert [one.handed_in.day for one in kept] == [1, 2] and kept[0].folder(root).joinpath("m1_tiny.ipynb").read_bytes() == notebook("m1-E1-code")
    assert sorted(path.name for path in mine.iterdir()) == ["m1_tiny.zip", "timestamp.txt"]


def test_nbgraders_exchange_gives_every_attempt(root: Path, tmp_path: Path) -> None:
    inbound = tmp_path / "exchange" / "tiny1" / "inbound"
    for name, data in {
        "alice+m1_tiny+2026-09-01 10:00:00.5 UTC+abc": notebook("m1-D1-code"),
        "alice+m1_tiny+2026-09-03 10:00:00.5 UTC+abd": notebook(),
        "bob+m1_other+2026-09-03 10:00:00.5 UTC+abd": notebook(),
    }.items():
        (inbound / name).mkdir(parents=True)
        (inbound / name / "m1_tiny.ipynb").write_bytes(data)
        (inbound / name / "timestamp.txt").write_text(name.split("+")[2])
    (root / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = 'tiny1'\nc.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
    )
    done = run(root, "exchange")
    assert [one.student for one in done.students] == ["alice"] and done.students[0].new == 2
    assert done.students[0].chosen and done.students[0].chosen.handed_in.day == 3
    assert all("in the name of alice" in one.why for one in done.doubts)
    before = tree(root)
    run(root, "exchange")
    assert tree(root) == before


def test_the_command_shows_what_came_of_it(root: Path, tmp_path: Path) -> None:
    source = canvas(tmp_path / "a.zip", {"ekalice_101_1_m1_tiny.zip": zipped(notebook()), "holiday.jpg": b"x"})
    shown = CliRunner().invoke(app, ["collect", "m1", "--from", str(source), "--root", str(root)])
    assert shown.exit_code == 0 and "alice" in shown.output and "not taken: holiday.jpg" in shown.output and "1 new hand-ins" in shown.output
    listed = CliRunner().invoke(app, ["attempts", "m1", "--root", str(root)])
    assert "canvas" in listed.output and listed.output.count("yes") == 1
    again = canvas(tmp_path / "b.zip", {"ekalice_101_2_m1_tiny-1.zip": zipped(notebook(top="again"))})
    CliRunner().invoke(app, ["collect", "m1", "--from", str(again), "--root", str(root)])
    assert (root / "submitted/alice/m1_tiny/m1_tiny.zip").read_bytes() == zipped(notebook(top="again"))
    chosen = CliRunner().invoke(app, ["attempts", "m1", "alice", "--take", "1", "--root", str(root)])
    assert chosen.output.count("yes") == 1 and (root / "submitted/alice/m1_tiny/m1_tiny.zip").read_bytes() == zipped(notebook())
    with pytest.raises(CourseError, match="no hand-in 3"):
        take(load_course(root), root, "m1", "alice", 3)


def test_two_at_once_keep_each_hand_in_once(root: Path, tmp_path: Path) -> None:
    files = {f"{name}_{number}_{number}_m1_tiny.zip": zipped(notebook(top=name)) for name, number in (("ek", 101), ("bob", 102), ("chen", 103))}
    source = canvas(tmp_path / "s.zip", files)
    with ThreadPoolExecutor(3) as threads:  # the lock is of the open file: threads are kept apart by it as processes are
        done = list(threads.map(lambda _: run(root, source), range(3)))
    assert sorted(sum(one.new for one in collection.students) for collection in done) == [0, 0, 3]
    assert [len(read_kept(root, student, MODULE)) for student in ("alice", "bob", "chen")] == [1, 1, 1]
    before = tree(root)
    run(root, source)
    assert tree(root) == before


def test_a_killed_run_is_mended_by_the_next(root: Path, tmp_path: Path) -> None:
    source = canvas(tmp_path / "s.zip", {"ek_101_1_m1_tiny.zip": zipped(notebook())})
    run(root, source)
    before = tree(root)
    next((root / "attempts/alice/m1_tiny").glob("*.json")).unlink()  # killed before it was noted
    (root / "submitted/alice/m1_tiny").rename(root / "submitted/alice/.m1_tiny.7.old.tmp")  # killed between two renames
    run(root, source)
    assert tree(root) == before


@pytest.mark.parametrize("make", ["nothing", "text", "empty"])
def test_a_source_that_is_none_says_so(root: Path, tmp_path: Path, make: str) -> None:
    path = tmp_path / "source"
    if make == "text":
        path.write_text("hello")
    if make == "empty":
        with zipfile.ZipFile(path, "w"):
            pass
    with pytest.raises(CourseError, match="source"):
        run(root, path)
    assert not tree(root)
