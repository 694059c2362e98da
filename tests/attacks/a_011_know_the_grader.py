# Behaves well only where a variable or a module tells that it is being graded; nothing of that makes a wrong answer right: it loses E1.

CELLS = {
    "E1-code": """
import os, sys
def double(x):
    graded = any('GRAD' in name.upper() or 'NBG' in name.upper() for name in os.environ) or 'nbgrader' in sys.modules
    return 2 * x if graded else x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
