# Raises AssertionError with a hidden test's words, NotImplementedError and NameError of its own; all are errors of the answer.

CELLS = {
    "E1-code": """
def double(x):
    if x.numel() == 3:
        raise NotImplementedError('seen: ' + str(x.tolist()))
    raise AssertionError('twice each number')
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
SILENT = ("1000000", "seen")
