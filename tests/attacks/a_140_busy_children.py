# Right, but leaves twenty processes behind that keep every core busy; they are nice, and end with it: it keeps its points, the others notice nothing.

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
