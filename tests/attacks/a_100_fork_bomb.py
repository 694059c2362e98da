# Forks without end; it is ended, the other tasks are graded.

CELLS = {
    "E1-code": """
import os
def double(x):
    while x.numel() == 3:
        try:
            os.fork()
        except OSError:
            pass
    return 2 * x
""",
}
EXPECT = {"E1-hidden": "lost"}
