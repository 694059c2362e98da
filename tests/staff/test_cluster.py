"""`--scheduler`: the same results by a Dask cluster of two worker processes, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from distributed import LocalCluster

from staff.config import CourseError, load_course
from staff.grading import autograde
from staff.outcomes import Result
from staff.record import grader_mark
from tests.staff.judged import rows, write_class

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made:
        yield made


def plain(results: list[Result]) -> list[tuple]:
    return [(result.student, cell.grade_id, cell.outcome, cell.score, cell.message) for result in results for cell in result.cells]


def test_a_cluster_grades_as_this_machine_does_and_survives_a_worker(tmp_path: Path, cluster) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write_class(here, 9)
    write_class(there, 9)
    killed: list[int] = []

    def tell(done: int, total: int, who: str) -> None:
        if not killed:
            worker = next(iter(cluster.workers.values()))
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)

    alone = autograde(load_course(here), here, "m1", workers=2)
    shared = autograde(load_course(there), there, "m1", progress=tell, scheduler=cluster.scheduler_address)
    assert killed and plain(shared.results) == plain(alone.results)
    assert rows(there) == rows(here)


def test_nobody_at_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_class(tmp_path, 9)
    monkeypatch.setattr("staff.judge.cluster.CONNECT", 1)
    with pytest.raises(CourseError, match=r"tcp://127.0.0.1:1: .*dask scheduler"):
        autograde(load_course(tmp_path), tmp_path, "m1", scheduler="tcp://127.0.0.1:1")


def test_workers_with_another_checkout_are_refused(tmp_path: Path, cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    write_class(tmp_path, 9)
    monkeypatch.setattr("staff.judging.grader_mark", lambda master: grader_mark(master)[::-1])
    with pytest.raises(CourseError, match="the same commit"):
        autograde(load_course(tmp_path), tmp_path, "m1", scheduler=cluster.scheduler_address)


def test_the_sender_and_the_worker_have_one_copy_each(tmp_path: Path) -> None:
    """A parcel gives back the submission that went in, checkpoints included."""
    from staff.intake import load_master, read_all
    from staff.judge.parcel import Parcel

    write_class(tmp_path, 9)
    master = load_master(load_course(tmp_path), tmp_path, "m1")
    folder = tmp_path / "submitted" / "student0" / "m1_tiny"
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(b"some bytes")
    before = read_all(tmp_path, master, None)[0]
    after = Parcel.model_validate_json(Parcel.of(before).model_dump_json()).submission(tmp_path)
    assert (after.student, after.notebook, after.findings, after.attempted) == (before.student, before.notebook, before.findings, before.attempted)
    assert [(entry.name, entry.read(100)) for entry in after.checkpoints] == [("line.safetensors", b"some bytes")]
