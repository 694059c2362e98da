"""helpers.handin: one zip with everything, and clear words when there is nothing to pack."""

from __future__ import annotations

import hashlib
import json
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from helpers import hand_in, handin

STUB = handin.STUB


def cell(grade_id: str | None, source: str | list[str], kind: str = "code", solution: bool = True) -> dict[str, Any]:
    marks = {"nbgrader": {"grade_id": grade_id, "solution": solution, "schema_version": 3}} if grade_id else {}
    return {"cell_type": kind, "source": source, "metadata": marks}


CELLS = [
    cell(None, "import torch"),
    cell("m3-D1-spec", "### D1", "markdown", solution=False),
    cell("m3-D1-code", f"def f(x):\n    {STUB}"),
    cell("m3-D1-check", "assert True", solution=False),
    cell("m3-E1-code-coupling", ["def g(x):\n", "    return x\n"]),
    cell("m3-E1-answer-sign", f"# {STUB}\nsign = -1"),
    cell("m3-E1-reflect", "Why?\n\nYOUR ANSWER HERE\n", "markdown"),
    cell("m3-E2-reflect", "Why?\n\nYOUR ANSWER HERE\nBecause.", "markdown"),
    cell("m3-E3-reflect", "Why?\n\nBecause of Jensen.", "markdown"),
    cell("m3-E4-code", "  \n"),
]


def write(folder: Path, cells: list[dict[str, Any]] = CELLS, name: str = "m3_flows", **course: str) -> Path:
    metadata = {"course": {"module": "m3_flows", "version": "2026.1"} | course}
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


def test_the_zip_holds_notebook_checkpoints_and_manifest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = write(tmp_path)
    (tmp_path / "artifacts").mkdir()
    for name in ("fm.safetensors", "fm.old.safetensors", "notes.txt"):
        (tmp_path / "artifacts" / name).write_bytes(name.encode())
    path = hand_in("m3_flows", tmp_path)
    assert path == tmp_path / "m3_flows.zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["m3_flows.ipynb", "artifacts/fm.safetensors", "manifest.json"]
        assert archive.read("m3_flows.ipynb") == notebook.read_bytes()
        manifest = json.loads(archive.read("manifest.json"))
        for name, digest in manifest["sha256"].items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert (manifest["module"], manifest["version"], len(manifest["sha256"])) == ("m3_flows", "2026.1", 2)
    assert manifest["time"].endswith("+00:00")
    assert "Wrote m3_flows.zip (0.0 MB): m3_flows.ipynb, 1 checkpoint. Upload this one file." in capsys.readouterr().out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["artifacts", "m3_flows.ipynb", "m3_flows.zip"]


def test_the_table_says_which_cells_are_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    hand_in("m3_flows", tmp_path)
    out = capsys.readouterr().out
    rows = {tuple(line.split()[:2]): line.split()[2] for line in out.splitlines()[2:9]}
    assert rows == {
        ("D1", "code"): "NO,",
        ("E1", "code-coupling"): "yes",
        ("E1", "answer-sign"): "yes",
        ("E1", "reflect"): "NO,",
        ("E2", "reflect"): "yes",
        ("E3", "reflect"): "yes",
        ("E4", "code"): "NO,",
    }
    assert "4 of 7 cells are filled." in out and "saved" not in out


def test_an_old_file_brings_a_reminder_to_save(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path)
    for age, said in ((60, None), (300, "5 minutes"), (7300, "2 hours"), (90_000, "1 day")):
        os.utime(path, (time.time() - age,) * 2)
        hand_in("m3_flows", tmp_path)
        out = capsys.readouterr().out
        assert (f"m3_flows.ipynb was saved {said} ago" in out and "Ctrl+S" in out) if said else "ago" not in out


def test_a_checkpoint_that_is_too_large_is_left_out_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path)
    (tmp_path / "artifacts").mkdir()
    (tmp_path / "artifacts/small.safetensors").write_bytes(b"x" * 100)
    (tmp_path / "artifacts/large.safetensors").write_bytes(b"x" * 101)
    assert handin.LARGEST_CHECKPOINT == 50_000_000
    monkeypatch.setattr(handin, "LARGEST_CHECKPOINT", 100)
    with zipfile.ZipFile(hand_in("m3_flows", tmp_path)) as archive:
        assert "artifacts/small.safetensors" in archive.namelist() and "artifacts/large.safetensors" not in archive.namelist()
    assert "artifacts/large.safetensors is left out" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("m3", r'm3.ipynb: no such notebook in the folder .*; there is m3_flows: hand_in\("m3_flows"\)'),
        ("m3_flows.ipynb", "Run this cell in the notebook's own folder"),
        ("other/m3_flows", "a name without folders"),
    ],
)
def test_a_wrong_name_is_answered_with_what_is_there(tmp_path: Path, module: str, message: str) -> None:
    write(tmp_path)
    with pytest.raises((FileNotFoundError, ValueError), match=message):
        hand_in(module, tmp_path)


def test_an_empty_folder_and_another_modules_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match="in the current folder; there is no notebook at all"):
        hand_in("m3_flows")
    write(tmp_path, name="m4_vae")
    with pytest.raises(ValueError, match=r'm4_vae.ipynb is the notebook of m3_flows.*hand_in\("m3_flows"\)'):
        hand_in("m4_vae")


@pytest.mark.parametrize(
    "content", ["", "not json", '{"cells": [', "<html></html>", "[]", "3", '{"cells": 3}', '{"cells": [1]}', "<<<<<<< HEAD\n{}", "\xff"]
)
def test_a_damaged_notebook_is_named_and_nothing_is_written(tmp_path: Path, content: str) -> None:
    (tmp_path / "m3_flows.ipynb").write_bytes(content.encode("latin-1"))
    with pytest.raises(ValueError, match=r"m3_flows.ipynb is damaged.*save it again"):
        hand_in("m3_flows", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["m3_flows.ipynb"]


@pytest.mark.parametrize("metadata", [{}, None, {"course": None}, {"course": {"version": 3}}, [], "x"])
def test_odd_metadata_do_not_stand_in_the_way(tmp_path: Path, metadata: Any, capsys: pytest.CaptureFixture[str]) -> None:
    cells = [
        cell("m3-D1-code", "x = 1"),
        cell("D1", "x = 1"),
        {"cell_type": "code"},
        {"metadata": []},
        {"metadata": {"nbgrader": {"solution": True}}},
    ]
    (tmp_path / "m3_flows.ipynb").write_text(json.dumps({"cells": cells, "metadata": metadata}))
    with zipfile.ZipFile(hand_in("m3_flows", tmp_path)) as archive:
        assert json.loads(archive.read("manifest.json"))["version"] in ("unknown", "3")
    assert "D1    code  yes" in capsys.readouterr().out


def test_a_killed_write_leaves_the_earlier_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    old = hand_in("m3_flows", tmp_path).read_bytes()

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(zipfile.ZipFile, "writestr", fail)
    with pytest.raises(KeyboardInterrupt):
        hand_in("m3_flows", tmp_path)
    assert (tmp_path / "m3_flows.zip").read_bytes() == old
    assert len(list(tmp_path.iterdir())) == 2


def test_placeholders_are_those_of_the_release() -> None:
    from staff.notebook import STUB as RELEASED

    assert RELEASED == STUB
