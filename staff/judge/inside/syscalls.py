"""A list of kernel calls that no answer needs, refused to a student's process (EPERM) by a seccomp filter.

A second line of defence behind namespaces and limits: memory that no limit counts (memfd, System V), tracing, mounting,
namespaces, leaving the core that the zygote chose, keyrings that outlive a process, and sockets of families that a
network namespace does not hold (vsock, netlink).
"""

from __future__ import annotations

import ctypes
import platform

EPERM = 1
PR_SET_SECCOMP, FILTER_MODE = 22, 2
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: load a word, jump if equal, jump if at least, return
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | EPERM
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data (little-endian)
OTHER_ABI = 0x40000000  # x32 numbers on x86_64
SOCKET_FAMILIES = (1, 2, 10)  # unix, IPv4, IPv6: these the network namespace holds

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
SOCKET = {"x86_64": 41, "aarch64": 198}
REFUSED = {  # name: number on x86_64, on aarch64
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "sched_setaffinity": (203, 122),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
}


class Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("if_true", ctypes.c_uint8), ("if_false", ctypes.c_uint8), ("value", ctypes.c_uint32))


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(Instruction)))


def program(machine: str) -> list[tuple[int, int, int, int]]:
    """The filter for a machine: (code, jump if true, jump if false, value) each."""
    column = list(ARCHITECTURES).index(machine)
    numbers = [row[column] for row in REFUSED.values()]
    families = [(EQUAL, len(SOCKET_FAMILIES) - k, 0, family) for k, family in enumerate(SOCKET_FAMILIES)]
    tail = [(EQUAL, 0, 2 + len(families), SOCKET[machine]), (LOAD, 0, 0, FIRST_ARGUMENT), *families]
    end = [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    to_refuse = len(numbers) + len(tail)  # instructions between the first test of a number and the refusal
    tests = [(EQUAL, to_refuse - 1 - k, 0, number) for k, number in enumerate(numbers)]
    head = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 0, to_refuse + 2, ARCHITECTURES[machine]), (LOAD, 0, 0, NUMBER), (AT_LEAST, to_refuse, 0, OTHER_ABI)]
    return [*head, *tests, *tail, *end]


def refuse_syscalls() -> bool:
    """Install the filter in this process and its children. False where the kernel or the machine has none; needs NO_NEW_PRIVS."""
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        return False
    rows = [Instruction(*row) for row in program(machine)]
    filled = Program(len(rows), (Instruction * len(rows))(*rows))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.byref(filled), 0, 0) == 0)
