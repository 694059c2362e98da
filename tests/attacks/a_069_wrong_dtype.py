# Gives whole numbers of another dtype; the check, which holds, keeps its point, the hidden test ends in an error.

CELLS = {
    "E1-code": """
def double(x):
    return (2 * x).to(torch.int32)
""",
}
EXPECT = {"E1-hidden": "error"}
