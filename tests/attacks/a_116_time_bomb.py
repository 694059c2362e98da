# Ends its process a moment after the answers were run, from a thread; it costs this submission's cells, and no other's.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x

import os, threading
threading.Timer(0.02, os._exit, [0]).start()
""",
}
EXPECT = {"*": ("passed", "crashed")}
