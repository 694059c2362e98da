# Loops for ever on the hidden test's input; that cell is `timeout`, not `failed`, and the check keeps its point.

CELLS = {
    "E1-code": """
def double(x):
    while x.numel() == 3:
        pass
    return 2 * x
""",
}
EXPECT = {"E1-hidden": "timeout"}
