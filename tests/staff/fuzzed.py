"""A class that hands in what tests/staff/mutations.py breaks, honest students among them, and what must come of each."""

from __future__ import annotations

import copy
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from random import Random

from typer.testing import CliRunner

from staff.cli import app
from staff.config import load_course
from staff.grading import read_report
from staff.intake import load_master
from staff.master import Master
from staff.notebook import BEGIN_HIDDEN, END_HIDDEN, regions, write_text
from staff.outcomes import Outcome, Result
from tests.staff import mutations
from tests.staff.judged import rows
from tests.staff.mutations import Notebook
from tests.staff.tiny import MODULE, write_tiny

NAME = f"{MODULE}.ipynb"
HONEST = ["a_honest", "m_honest", "z_honest"]
TIMES = [
    "2026-09-01 10:00:00 UTC", "0001-01-01 00:00:00 +0200", "9999-12-31 23:59:59 UTC", "9999-12-31 23:59:59 -1200", "2026-09-01T10:00", "",
    "\x00", "now", "2026-13-45 10:00", "2026-09-01 10:00:00 Europe/", "2026-09-01 10:00:00 America/Indiana", "1e999", "2026-09-01 10 ../../x",
    "2026-09-01 10:00:00 Europe/Nowhere", "2026-09-01 10:00:00.123456789 Europe/Stockholm", "٢٠٢٦-09-01 10:00",
]  # fmt: skip
OTHER_NAMES = [
    b"m1_tiny (1).ipynb", b"M1_TINY.IPYNB", b"m1_tiny.ipynb.txt", b"m1_tiny", b"loesung\xe4.ipynb", b"-rf.ipynb", b"a\nb.ipynb", b".ipynb",
]  # fmt: skip
IDS = ["with space", "ünï", "-x", "{}", "a\nb", "[red]x", "x" * 200, "..."]


def _zipped(random: Random, data: bytes) -> bytes:
    """The notebook in a zip, with a checkpoint and members that nobody expects."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", random.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])) as archive:
        archive.writestr(random.choice([NAME, f"a/b/{NAME}", f"../{NAME}", "é.ipynb"]), data)
        archive.writestr("artifacts/line.safetensors", random.randbytes(200) * 20)
        archive.writestr(random.choice(["b", "a/", "x" * 300, "artifacts/é.safetensors"]), b"")
    return file.getvalue()


def _beside(random: Random, folder: Path, data: bytes) -> None:
    """Something odd in the folder."""
    odd: list[Callable[[], object]] = [
        lambda: (folder / "timestamp.txt").write_text(random.choice(TIMES)),
        lambda: (folder / "timestamp.txt").write_text(random.choice(TIMES)),
        lambda: (folder / "timestamp.txt").mkdir(),
        lambda: (folder / "link.ipynb").symlink_to("/etc/hostname"),
        lambda: (folder / "gone").symlink_to("nowhere"),
        lambda: (folder / "here").symlink_to("."),
        lambda: os.mkfifo(folder / f"pipe{NAME}"),
        lambda: [(folder / f"empty{k}.ipynb").touch() for k in range(600)],
        lambda: (folder / "artifacts").mkdir() or (folder / "artifacts" / "line.safetensors").write_bytes(data[:5000]),
        lambda: (folder / f"old_{NAME}").write_bytes(data[: len(data) // 2]),
        lambda: (folder / "deep" / "deeper").mkdir(parents=True) or (folder / "deep" / "deeper" / NAME).write_bytes(data),
        lambda: Path(os.fsdecode(bytes(folder) + b"/\xff\xfe.txt")).write_bytes(data),
    ]
    random.choice(odd)()


def write_mutant(root: Path, student: bytes, honest: Notebook, seed: int) -> None:
    """One hand-in, with one to five mutations of the seed."""
    random = Random(seed)
    notebook = copy.deepcopy(honest)
    on_bytes = random.choice([0, 0, 0, 1, 2])
    for mutate in random.choices(mutations.ON_NOTEBOOK, k=random.randint(1 - bool(on_bytes), 3)):
        if not mutations.cells(notebook):
            break
        mutate(random, notebook)
    data = mutations.written(random, notebook)
    name, packed = NAME.encode(), random.random() < 0.2
    if packed:
        name, data = b"m1_tiny.zip", _zipped(random, data)
    for mutate_bytes in random.choices(mutations.ON_BYTES, k=on_bytes):
        data = mutate_bytes(random, data)
    folder = root / "submitted" / os.fsdecode(student) / MODULE
    if random.random() < 0.03:  # a file, or nothing, in the place of the folder
        folder.parent.mkdir(parents=True)
        folder.write_bytes(data) if random.random() < 0.5 else folder.mkdir()
        return
    folder.mkdir(parents=True)
    if random.random() < 0.1 and not packed:
        name = random.choice(OTHER_NAMES)
    if random.random() < 0.03:  # the notebook is a folder, with or without itself in it
        (folder / NAME).mkdir()
        name = NAME.encode() + b"/" + name
    Path(os.fsdecode(bytes(folder) + b"/" + name)).write_bytes(data)
    if random.random() < 0.25:
        _beside(random, folder, data)


def honest_notebook(root: Path) -> Notebook:
    """The release, with right answers in it."""
    master = load_master(load_course(root), root, "m1")
    notebook = copy.deepcopy(master.notebook)
    for cell, row in zip(notebook.cells, master.cells, strict=True):
        cell.source = cell.source if row.solution else row.released
    plain: Notebook = json.loads(json.dumps(notebook))
    return plain


def write_fuzzed_class(root: Path, seed: int, count: int) -> None:
    """The tiny course, `count` mutants of seeds from `seed` on, honest students among them; a few mutants have names that are no ids."""
    write_tiny(root)
    honest = honest_notebook(root)
    for student in HONEST:
        write_text(root / "submitted" / student / MODULE / NAME, json.dumps(honest))
    for number in range(seed, seed + count):
        odd = IDS[number // 20 % len(IDS)].encode() + str(number).encode() if number % 20 == 7 else b"\xff" + str(number).encode()
        write_mutant(root, odd if number % 20 in (7, 13) else f"s{number:05}".encode(), honest, number)


def autograde(root: Path) -> tuple[int, str]:
    """Grade as a person does; the command's exit status and everything that it said."""
    call = [sys.executable, "-c", "from staff.cli import main; main()", "autograde", "m1", "--root", str(root)]
    done = subprocess.run(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=3600, check=False, env={**os.environ, "COLUMNS": "200"})
    return done.returncode, done.stdout.decode(errors="replace")


def check_fuzzed_class(root: Path) -> list[Result]:
    """Grade the class and write its feedback: an outcome for every cell of everybody, and nobody sees a traceback. Returns the results."""
    status, said = autograde(root)
    assert status == 0 and "Traceback" not in said and "Error" not in said, said[-3000:]
    loaded = load_course(root)
    master, results = load_master(loaded, root, "m1"), read_report(root, loaded.module("m1"))
    assert len(results) == len({result.student for result in results}) == len(list((root / "submitted").iterdir()))
    for result in results:
        _check(master, result)
    own = [(cell.outcome, cell.message) for result in results if result.student in HONEST for cell in result.cells]
    assert len(own) == len(HONEST) * len(master.graded) and set(own) == {(Outcome.PASSED, ""), (Outcome.MANUAL, "")}
    assert not any(result.findings for result in results if result.student in HONEST)
    assert {row[0] for row in rows(root)} == {result.student for result in results}, "everybody is in the gradebook"
    _check_feedback(root, master, results)
    _check_commands(root)
    return results


def _check(master: Master, result: Result) -> None:
    assert [cell.grade_id for cell in result.cells] == [cell.label for cell in master.graded], result.student
    for cell in result.cells:
        assert cell.score == (cell.max_score if cell.outcome is Outcome.PASSED else 0.0), (result.student, cell)
    told = [cell.message for cell in result.cells] + [finding.message for finding in result.findings]
    assert all(line.isprintable() and "Traceback" not in line and "course team" not in line for line in told), (result.student, told)
    assert all(len(line) < 1000 for line in told), (result.student, told)


def _check_commands(root: Path) -> None:
    """What else reads all of a class."""
    commands = ["disclosures m1", "disclosures m1 --format csv", "queue", "late-days", "eligible oral1", "grades", "grades --format csv", "dashboard"]
    for words in commands:
        done = CliRunner().invoke(app, [*words.split(), "--root", str(root)])
        assert done.exit_code == 0 and "Traceback" not in done.output, (words, done.exception, done.output[-3000:])
        done.output.encode()


def _check_feedback(root: Path, master: Master, results: list[Result]) -> None:
    done = CliRunner().invoke(app, ["feedback", "m1", "--root", str(root)])
    assert done.exit_code == 0 and "Traceback" not in done.output and "Error" not in done.output, (done.exception, done.output[-3000:])
    hidden = [line for cell in master.cells for part in regions(cell.source, BEGIN_HIDDEN, END_HIDDEN) for line in map(str.strip, part.splitlines())]
    assert len(hidden) > 5
    for result in results:
        page = (root / "feedback" / result.student / MODULE / f"{MODULE}.html").read_text(encoding="utf-8")
        shown = unescape(re.sub(r"<[^<>]+>", "", page))
        assert not any(line in shown for line in hidden) and "</html>" in page, result.student
