"""The memory of a process and of all below it, looked at again and again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import psutil

Seen = TypeVar("Seen")


@dataclass
class Sample:
    """MiB at a moment (proportional set size: shared pages count once): the command's own process, the largest, all of them."""

    at: float
    parent: float
    largest: float
    together: float


def memory(process: psutil.Process) -> Sample:
    sizes = []
    for one in [process, *process.children(recursive=True)]:
        try:
            sizes.append(one.memory_full_info().pss / 2**20)
        except psutil.Error:
            sizes.append(0.0)
    return Sample(time.time(), sizes[0], max(sizes), sum(sizes))


def most(samples: Sequence[Sample], of: str) -> float:
    """The largest `of` ("parent", "largest", "together") that was seen, in MiB."""
    return max(getattr(sample, of) for sample in samples)


@contextmanager
def watched(process: psutil.Process, seconds_between: float, look: Callable[[psutil.Process], Seen]) -> Iterator[list[Seen]]:
    """What `look` sees of a process (`memory`, or more) again and again while the block runs."""
    samples: list[Seen] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(seconds_between):
            try:
                samples.append(look(process))
            except psutil.Error:
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield samples
    finally:
        stop.set()
        watcher.join()
