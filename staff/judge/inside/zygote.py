"""The sandbox's first process: imports torch once, then forks a child per submission and watches its memory.

    python -m staff.judge.inside.zygote CONTROL MODULE …     CONTROL: the descriptor of a socket to the judge; the modules are imported.

Orders come as one JSON line each, with the child's channel attached: {"op": "start", ...} or {"op": "kill"}.
Answers: {"started": pid}, {"failed": why}, {"ended": "memory" | "processes" | "exit"}. No student code runs in this process.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

TICK = 0.05  # seconds between two looks at the child's memory and processes
SLOW = 0.05  # seconds that measuring the memory may take
THREADS = 4  # threads a process, on average over as many processes as are allowed
AHEAD = 1.0  # CPU seconds that a child may use beyond its cores before it is kept on one


def warm(modules: list[str]) -> None:
    """Import what every answer needs, and what this module's setup cells import, before the first fork."""
    import matplotlib
    import torch

    matplotlib.use("Agg")
    import matplotlib.pyplot

    from staff.judge.inside import child

    for name in ("matplotlib.pyplot", "numpy", "helpers.stubs", "helpers.train", *modules):
        with contextlib.suppress(ImportError):  # the setup cells say it themselves
            importlib.import_module(name)
    torch.set_num_threads(1)
    child.Session({}).run("warm", "x = 1")
    x = torch.ones(2, 2, dtype=torch.float64, requires_grad=True)  # torch loads parts of itself at their first use
    torch.autograd.grad(torch.logsumexp(x @ x, 0).sum(), [x])
    torch.func.vmap(torch.func.jacrev(torch.exp))(x.detach())
    gc.collect()
    gc.freeze()  # what is there is never looked at again, so that a child's collections don't copy its pages


def held(pid: int) -> tuple[int, int]:
    """MiB that a process holds, pages that it shares counted in full, and its threads. Takes no lock, so a busy process can't delay it."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0, 0
    kilobytes = sum(int(line.split()[1]) for line in lines if line.startswith(("RssAnon:", "RssShmem:")))
    return kilobytes // 1024, next((int(line.split()[1]) for line in lines if line.startswith("Threads:")), 0)


def computed(pid: int) -> float:
    """Seconds of CPU time that a process took, with those that its ended children did."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def keep_on_one_core(pids: list[int]) -> None:
    """Let all threads of these processes run on one core; those that they start inherit it, and none can leave it."""
    cores = sorted(os.sched_getaffinity(0))
    core = cores[min(pids) % len(cores)]  # the first of them lives as long as the child: at the next look it is the same core
    for pid in pids:
        with contextlib.suppress(OSError):
            for thread in os.listdir(f"/proc/{pid}/task"):
                os.sched_setaffinity(int(thread), {core})


def resident(pids: list[int]) -> int:
    """MiB of memory that the processes hold, private or shared among them, each page counted once (proportional set size)."""
    total, until = 0, time.monotonic() + SLOW
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(("Pss_Anon:", "Pss_Shmem:")))
        if time.monotonic() > until:  # they are busy forking: the next look is about their number
            break
    return total // 1024


def others() -> list[int]:
    """The processes of the child: in a sandbox all but process 1 and this one."""
    own = os.getpid()
    if not os.path.exists("/proc/1/statm") or os.getppid() != 1:
        return []
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in (1, own)]


def serve(limits: Any, channel: int) -> None:
    """In the child: close every door, then answer the judge until it hangs up. Never returns."""
    from staff.judge.inside.child import main
    from staff.judge.inside.isolation import close_doors

    try:
        close_doors(limits, channel)
        main(channel)
    finally:
        os._exit(0)


def start(order: dict[str, Any], channel: int) -> int:
    """Fork a child for one submission; returns the process id, seen from here, of its process 1."""
    from staff.judge.inside.isolation import Limits, enter_namespaces

    limits = Limits(**order["limits"])
    if not limits.isolated:
        alone = os.fork()
        if alone == 0:
            serve(limits, channel)
        return alone
    read, write = os.pipe()
    outer = os.fork()
    if outer == 0:
        try:
            enter_namespaces()
            inner = os.fork()
            if inner == 0:
                serve(limits, channel)
            os.write(write, str(inner).encode())
            os.close(channel)
            _, status = os.waitpid(inner, 0)
            os._exit(status >> 8 or (1 if status else 0))
        except BaseException as error:
            os.write(write, f"! {error}".encode())
            os._exit(70)
    os.close(write)
    told = os.read(read, 200).decode()
    os.close(read)
    if not told.isdigit():
        raise OSError(told or "the child died at once")
    return int(told)


class Zygote:
    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.child: int | None = None
        self.memory = self.processes = 0
        self.cores = self.began = 0.0

    def tell(self, **message: Any) -> None:
        self.control.sendall(json.dumps(message).encode() + b"\n")

    def obey(self) -> None:
        data, descriptors, _, _ = socket.recv_fds(self.control, 65536, 1)
        if not data:
            self.stop("exit")
            sys.exit(0)
        order = json.loads(data)
        if order["op"] == "kill":
            self.stop("exit")
            return
        limits = order["limits"]
        self.memory, self.processes, self.cores = int(limits["memory"]), int(limits["processes"]), float(limits["cores"])
        self.began = time.monotonic()
        try:
            self.child = start(order, descriptors[0])
            self.tell(started=self.child)
        except OSError as error:
            self.tell(failed=str(error))
        finally:
            os.close(descriptors[0])

    def stop(self, why: str) -> None:
        """Kill the child's whole process tree and say why it ended."""
        if self.child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.child, signal.SIGKILL)  # process 1 of its namespace: all others there die with it
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.child, signal.SIGKILL)  # without a namespace: its group
            self.reap()
            self.child = None
        self.tell(ended=why)

    def reap(self) -> None:
        while True:
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                return

    def run(self) -> None:
        self.tell(ready=True)
        while True:
            ready, _, _ = select.select([self.control], [], [], TICK if self.child else None)
            if ready:
                self.obey()
            elif self.child is not None:
                self.look()

    def look(self) -> None:
        """End the child where it is over a limit, and hold it back where it takes more than a core.

        The kernel's own limit of processes does not hold for a superuser's.
        """
        pids = others()
        if len(pids) > self.processes + 2:
            self.stop("processes")
            return
        taken = [held(pid) for pid in pids]
        if sum(threads for _, threads in taken) > THREADS * self.processes:
            self.stop("processes")
        elif sum(memory for memory, _ in taken) > self.memory and resident(pids) > self.memory:
            self.stop("memory")
        elif sum(map(computed, pids)) > self.cores * (time.monotonic() - self.began) + AHEAD:
            keep_on_one_core(pids)  # the others' cores are theirs


if __name__ == "__main__":
    warm(sys.argv[2:])
    Zygote(socket.socket(fileno=int(sys.argv[1]))).run()
