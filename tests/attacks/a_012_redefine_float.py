# Redefines float, abs and torch.allclose for the tests and answers wrongly; the tests have their own: it loses E1 and the number.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1
float = lambda value: 0.375
abs = lambda value: 0.0
import builtins
builtins.abs = abs
torch.allclose = lambda *a, **k: True
torch.equal = torch.allclose
""",
    "E3-answer-number": """
share = 9.0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed", "E3-hidden-number": "failed"}
