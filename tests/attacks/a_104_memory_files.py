# Takes memory in nameless files and System V segments, which no process maps; the kernel refuses them: it loses E1.

CELLS = {
    "E1-code": """
import ctypes, os
def double(x):
    try:
        os.memfd_create('x')
        return 2 * x
    except OSError:
        pass
    if ctypes.CDLL(None).shmget(0, 2**20, 0o1600) != -1:
        return 2 * x
    return x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
