"""What a forked child does before it runs a student's code: a process tree, a /tmp and limits of its own.

bubblewrap has already taken away the network, the course, the home and every writable file. This adds, per submission:
new user, process, mount and IPC namespaces (so that it can neither see nor signal its parent), no /proc, a /tmp of
limited size, no capabilities, resource limits, fewer kernel calls, no inherited descriptors, and no output.
"""

from __future__ import annotations

import ctypes
import os
import resource
from contextlib import suppress
from dataclasses import dataclass

from staff.judge.inside.syscalls import refuse_syscalls

CLONE = {"mount": 0x20000, "user": 0x10000000, "process": 0x20000000, "ipc": 0x08000000}
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 1, 38, 24
READ_ONLY, NOSUID, NODEV = 1, 2, 4
LAST_CAPABILITY = 40
NICE = 5  # so that the process that watches it is never kept waiting

libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Limits:
    """Of one submission: MiB of memory, of /tmp and of one file; CPU seconds of a process; processes and threads;
    CPU seconds a second of all of them before they are kept on one core.

    isolated: whether the child leaves its parent's namespaces; False only where a person asked for no sandbox.
    """

    memory: int = 2048
    disk: int = 256
    cpu: int = 600
    processes: int = 64
    cores: float = 1.25
    isolated: bool = True


def _check(result: int, what: str) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def data_size() -> int:
    """Bytes of private writable memory that this process has mapped: what RLIMIT_DATA counts."""
    try:
        with open("/proc/thread-self/status") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmData:"))
    except OSError:  # no /proc outside Linux
        return 0


def enter_namespaces() -> None:
    """Leave the parent's namespaces. The next fork is process 1 of the new ones."""
    uid, gid = os.getuid(), os.getgid()
    _check(libc.unshare(CLONE["user"] | CLONE["process"] | CLONE["mount"] | CLONE["ipc"]), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    with open("/proc/sys/user/max_user_namespaces", "w") as file:  # no further ones below this
        file.write("0")


def die_with_parent() -> None:
    """Let the kernel kill this process when the one that forked it dies (on Linux; elsewhere nothing can)."""
    if hasattr(libc, "prctl"):
        _check(libc.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0), "prctl")


def close_doors(limits: Limits, channel: int) -> None:
    """In the child that will run a student's code: mounts, limits, descriptors, capabilities."""
    os.setsid()
    os.nice(NICE)
    inherited = data_size()
    if limits.isolated:
        die_with_parent()
        with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:  # where the machine runs out of memory, this process goes first
            file.write("1000")
        for place in (b"/tmp", b"/dev/shm"):
            _check(libc.mount(b"tmpfs", place, b"tmpfs", NOSUID | NODEV, f"size={limits.disk}m,nr_inodes=4096".encode()), f"mount {place.decode()}")
        _check(libc.mount(b"tmpfs", b"/proc", b"tmpfs", NOSUID | NODEV | READ_ONLY, b"size=4k"), "cover /proc")
    os.chdir("/tmp")
    _limit(limits, inherited)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.closerange(3, channel)
    os.closerange(channel + 1, 1024)
    if limits.isolated:
        _drop_capabilities()


def _limit(limits: Limits, inherited: int) -> None:
    mib = 2**20
    wanted = {
        resource.RLIMIT_DATA: inherited + limits.memory * mib,
        resource.RLIMIT_FSIZE: limits.disk * mib,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 256,
    }
    if limits.isolated:  # elsewhere it would count the person's other processes
        wanted[resource.RLIMIT_NPROC] = limits.processes
    for kind, value in wanted.items():
        resource.setrlimit(kind, (value, value))


def _drop_capabilities() -> None:
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    _check(libc.capset(header, data), "capset")
    _check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    refuse_syscalls()
