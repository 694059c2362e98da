# Looks for descriptors that it inherited: files, other sockets, the judge's control; there is its own channel alone: it loses E1.

CELLS = {
    "E1-code": """
import os, stat
def double(x):
    found = []
    for number in range(3, 1024):
        try:
            found.append(stat.S_ISSOCK(os.fstat(number).st_mode))
        except OSError:
            pass
    return 2 * x if len(found) > 1 else x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
