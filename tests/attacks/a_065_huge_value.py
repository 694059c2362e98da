# Gives an expanded tensor of 40 GB; it is refused before it is laid out: an error.

CELLS = {
    "E1-code": """
def double(x):
    return torch.ones(1, dtype=x.dtype).expand(10**10)
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
