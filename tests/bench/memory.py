"""The memory of a process and of all below it, and how fast the machine is, looked at again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
import torch

PROBE = torch.eye(8) / 2


@dataclass
class Sample:
    """A moment: MiB (proportional set size: shared pages count once) of the command's own process, of the largest, of all of them;
    and the CPU seconds that a piece of work took which is always the same."""

    at: float
    parent: float
    largest: float
    together: float
    probe: float


def probe() -> float:
    """CPU seconds of some steps in Python and torch: on a shared machine they take more at one time than at another."""
    began, x = time.thread_time(), torch.ones(8, 8)
    for _ in range(3000):
        x = torch.tanh(x @ PROBE)
    return time.thread_time() - began


def memory(process: psutil.Process) -> Sample:
    sizes = []
    for one in [process, *process.children(recursive=True)]:
        try:
            sizes.append(one.memory_full_info().pss / 2**20)
        except psutil.Error:
            sizes.append(0.0)
    return Sample(time.time(), sizes[0], max(sizes), sum(sizes), probe())


def most(samples: list[Sample], of: str) -> float:
    """The largest `of` ("parent", "largest", "together") that was seen, in MiB."""
    return max(getattr(sample, of) for sample in samples)


@contextmanager
def watched(process: psutil.Process, seconds_between: float) -> Iterator[list[Sample]]:
    """What is held by a process and all below it while the block runs."""
    samples, stop = [], threading.Event()

    def look() -> None:
        while not stop.wait(seconds_between):
            try:
                samples.append(memory(process))
            except psutil.Error:
                return

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield samples
    finally:
        stop.set()
        watcher.join()
