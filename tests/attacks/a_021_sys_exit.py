# Calls sys.exit() inside the function; E1 is an error, the others are graded.

CELLS = {
    "E1-code": """
def double(x):
    import sys
    sys.exit(0)
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
