# Leaves a mark in the kernel's keyring and System V queues, which outlive a process; the calls are refused: it loses E1.

CELLS = {
    "E1-code": """
import ctypes
def double(x):
    libc = ctypes.CDLL(None)
    number = {'x86_64': (248, 250), 'aarch64': (217, 219)}[__import__('platform').machine()]
    tried = [libc.syscall(number[0], b'user', b'mark', b'x', 1, -4), libc.syscall(number[1], 0, -4, 1)]
    tried += [libc.msgget(7, 0o1600), libc.semget(7, 1, 0o1600)]
    return 2 * x if any(result != -1 for result in tried) else x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
