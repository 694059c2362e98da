# Sends truth values whose bytes are 2, neither true nor false; they are made plain: E1 is lost.

CELLS = {
    "E1-code": """
def double(x):
    return torch.full((x.numel(),), 2, dtype=torch.uint8).view(torch.bool)
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": ("failed", "error")}
