# Sends SIGKILL to every process it may reach, its parent, its group and process 1; none of the judge's is in reach.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x

import os, signal
for pid in (-1, 1, 2, 3, os.getppid() or 1, -os.getpid()):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
""",
}
EXPECT = {"E1-check": ("passed", "crashed"), "E1-hidden": ("passed", "crashed")}
COPIES = 2
