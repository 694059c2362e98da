# Gives NaN and infinities for numbers; comparisons fail.

CELLS = {
    "E1-code": """
def double(x):
    return x / 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
