# Has a syntax error in one answer; that task is an error, the others are graded.

CELLS = {
    "E1-code": """
def double(x)
    return 2 * x
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
