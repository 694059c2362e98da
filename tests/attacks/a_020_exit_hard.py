# Ends the Python process by os._exit(0) when the answer is run; that answer is `crashed`, the others are graded.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x
import os
os._exit(0)
""",
}
EXPECT = {"E1-check": "crashed", "E1-hidden": "crashed"}
