# Keeps what hidden tests pass in and shows it in the message of another task's visible check; checks have run before any hidden test.

CELLS = {
    "E1-code": """
seen = []
def double(x):
    seen.append(x.tolist())
    return 2 * x
""",
    "D1-code": """
def weighted_mean(x, w):
    raise ValueError(str(seen))
""",
}
EXPECT = {"D1-check": "error", "D1-hidden": "error"}
SILENT = ("1000000", "-3.0")
