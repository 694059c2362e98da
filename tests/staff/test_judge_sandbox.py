"""What a student's process sees and can do, and what is said where no sandbox can be had."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from staff.config import CourseError
from staff.judge import sandbox as module
from staff.judge.inside.isolation import Limits
from staff.judge.inside.wire import BrokenWire
from staff.judge.sandbox import INSIDE, Sandbox
from tests.staff.border import Answers

ROOT = Path(__file__).resolve().parents[2]
LIMITS = Limits(memory=500, disk=32, cpu=60, processes=16)


@pytest.fixture(scope="module")
def answers() -> Iterator[Answers]:
    answers = Answers(LIMITS)
    yield answers
    answers.close()


LOOK = """
import os, socket
def tree(top):
    return sorted(os.path.join(folder, name)[len(top) + 1:] for folder, _, names in os.walk(top) for name in names if not name.endswith(".pyc"))
def listing(place):
    return sorted(os.listdir(place)) if os.path.isdir(place) else None
def home(): return os.path.expanduser("~")
def environment(): return dict(os.environ)
def connect(address, port):
    try:
        socket.create_connection((address, port), timeout=1)
    except OSError as error:
        return type(error).__name__
def write(place, size):
    try:
        with open(place, "wb") as file:
            file.write(b"x" * size)
        return os.path.getsize(place)
    except OSError as error:
        return type(error).__name__
def writable():
    found = []
    for folder, folders, _ in os.walk("/"):
        if folder.count("/") > 4: folders.clear()
        try:
            open(os.path.join(folder, "mark"), "w").close()
            found.append(folder)
        except OSError:
            pass
    return found
def who(): return [os.getpid(), os.getuid(), os.getgid(), listing("/proc")]
def grow(size):
    kept = []
    while True: kept.append(torch.ones(size, dtype=torch.uint8))
"""


@pytest.fixture(scope="module")
def look(answers: Answers) -> Answers:
    return answers.load(LOOK)


def test_nothing_of_the_course_is_there(look: Answers) -> None:
    seen = [name for name in look["tree"]("/judge") if not name.startswith("venv/")]
    inside = sorted(f"staff/judge/inside/{path.name}" for path in INSIDE.glob("*.py"))
    assert [name for name in seen if not name.startswith("helpers/")] == inside
    assert not [name for name in seen if name.endswith((".ipynb", ".yml", ".db"))]
    for name in ("source", "release", "submitted", "tests", "staff", "course.yml", "gradebook.db"):
        assert look["listing"](str(ROOT / name)) is None
    assert look["listing"](str(ROOT)) is None


def test_a_course_that_lies_where_python_does_is_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir="/var/tmp") as prefix:  # a child has a /tmp of its own
        for name in ("course", "library"):
            (Path(prefix) / name).mkdir()
            (Path(prefix) / name / "course.yml").write_text("id: tiny1")
        monkeypatch.chdir(Path(prefix) / "course")
        monkeypatch.setattr(module, "VISIBLE", [*module.VISIBLE, prefix])
        look = Answers(LIMITS)
        try:
            listing = look.load(LOOK)["listing"]
            assert listing(f"{prefix}/library") == ["course.yml"] and listing(f"{prefix}/course") == []
            assert look["write"](f"{prefix}/course/mark", 1) == "OSError", "nor can a mark be left there for the next one"
        finally:
            look.close()


def test_there_is_no_home_and_no_environment(look: Answers) -> None:
    assert look["home"]() == "/tmp"
    assert set(look["environment"]()) == {"HOME", "PATH", "MPLBACKEND", "COURSE_BUDGET", "LANG"}
    for place in ("/home", "/var", "/srv", "/mnt", "/media", "/run", "/sys", "/boot", "/opt/course"):
        assert look["listing"](place) in (None, [])
    etc = set(look["listing"]("/etc"))
    assert etc <= {"alternatives", "fonts", "ld.so.cache"}


def test_there_is_no_network(look: Answers) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    assert look["connect"]("127.0.0.1", server.getsockname()[1]) == "ConnectionRefusedError", "this machine's own services included"
    assert look["connect"]("192.0.2.1", 80) == "OSError"
    assert look["connect"]("example.org", 80) == "gaierror"
    server.close()


def test_it_is_nobody_and_alone(look: Answers) -> None:
    pid, user, group, processes = look["who"]()
    assert (pid, user, group, processes) == (1, 65534, 65534, [])


def test_tmp_is_private_limited_and_the_only_place_to_write(answers: Answers, tmp_path: Path) -> None:
    answers.load(LOOK)
    assert set(answers["writable"]()) == {"/tmp", "/dev/shm"}
    assert answers["write"]("/tmp/a-file-of-a-student", 1000) == 1000
    assert not Path("/tmp/a-file-of-a-student").exists()
    assert answers["write"]("/tmp/large", 33 * 2**20) == "OSError"
    assert answers["write"]("/dev/shm/mark", 10) == 10
    answers.load(LOOK)
    assert answers["listing"]("/tmp") == [] and answers["listing"]("/dev/shm") == [], "the next one begins in a clean place"


def test_too_much_memory_ends_the_child_and_says_so(answers: Answers) -> None:
    answers.load(LOOK)
    with pytest.raises((BrokenWire, RuntimeError)) as raised:
        answers["grow"](2**20)
    assert answers.drop() == "memory" or "allocate memory" in str(raised.value)
    assert answers.load("def f(x): return x")["f"](3) == 3, "the next one is not disturbed"


BUSY = """
import os, time
for _ in range(8):
    if os.fork() == 0:
        while True:
            pass
def cores():
    until = time.monotonic() + 60
    while len(os.sched_getaffinity(0)) > 1 and time.monotonic() < until:
        time.sleep(0.05)
    try:
        os.sched_setaffinity(0, range(os.cpu_count()))
    except PermissionError:
        return len(os.sched_getaffinity(0))
"""


def test_a_child_that_computes_more_than_it_may_is_kept_on_one_core() -> None:
    busy = Answers(replace(LIMITS, cores=0.2))  # so that it is seen on a machine that is busy with other things, too
    try:
        assert busy.load(BUSY, 90)["cores"]() == 1
    finally:
        busy.close()


def test_a_child_that_is_killed_takes_its_children_along(answers: Answers) -> None:
    mark = f"left-{os.getpid()}-{time.monotonic_ns()}"
    sleep = f"[sys.executable, '-c', 'import time; time.sleep(60)', '{mark}']"
    answers.load(f"import subprocess, sys\nkept = subprocess.Popen({sleep}, start_new_session=True)\n")
    until = time.monotonic() + 10
    while not _running(mark):  # a program's name is seen a moment after it was started
        assert time.monotonic() < until, "it is there while the child is"
    answers.drop()
    assert not _running(mark)


def _running(mark: str) -> bool:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(mark.encode() in path.read_bytes())
        except OSError:
            continue
    return any(found)


def test_a_machine_without_bubblewrap_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(module.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(CourseError, match="`bwrap` is not installed") as raised:
        Sandbox()
    assert "apt-get install bubblewrap" in str(raised.value) and "--sandbox none" in str(raised.value)


def test_a_bubblewrap_that_may_not_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(CourseError, match="No permissions to create new namespace") as raised:
        Sandbox()
    assert "user namespaces" in str(raised.value)


def test_without_a_sandbox_two_processes_remain() -> None:
    answers = Answers(Limits(isolated=False))
    try:
        answers.load("import os\ndef double(x): return 2 * x\ndef pid(): return os.getpid()")
        x = torch.ones(2, requires_grad=True)
        answers["double"](x).sum().backward()
        assert torch.equal(x.grad, torch.full((2,), 2.0))
        assert answers["pid"]() != os.getpid()
    finally:
        answers.close()
