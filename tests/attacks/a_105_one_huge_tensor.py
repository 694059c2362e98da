# Asks torch for a tensor of 8 GB; it is refused: `memory`.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x + torch.zeros(2**30, dtype=torch.float64)[0]
""",
}
EXPECT = {"E1-check": ("memory", "error"), "E1-hidden": ("memory", "error")}
