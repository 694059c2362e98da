# Writes to address 0, and the process dies of it; that answer is `crashed`.

CELLS = {
    "E1-code": """
import ctypes
def double(x):
    ctypes.memset(0, 1, 1)
""",
}
EXPECT = {"E1-check": "crashed", "E1-hidden": "crashed"}
