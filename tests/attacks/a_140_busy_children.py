# Leaves twenty processes that keep every core busy; they are put on one: it may run out of its own time, the others notice nothing.

CELLS = {
    "E1-code": """
import os, time
for _ in range(20):
    if os.fork() == 0:
        while True:
            pass
def double(x):
    return 2 * x
""",
}
EXPECT = {"*": ("passed", "timeout")}
