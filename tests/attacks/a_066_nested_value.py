# Gives a list nested 100,000 deep; it is refused: an error.

CELLS = {
    "E1-code": """
def double(x):
    value = [1.0]
    for _ in range(100_000):
        value = [value]
    return value
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
