# Recurses without end in Python, with the limit taken away; an error or a crash of this answer alone.

CELLS = {
    "E1-code": """
import sys
sys.setrecursionlimit(10**9)
def double(x):
    return double(x) + 0
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
