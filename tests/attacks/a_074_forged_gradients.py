# Replaces torch.autograd.grad by one that returns ones and says that all was used; the gradients are wrong: D1, D2 and E2 lose their hidden tests.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x

def forged(outputs, inputs, *a, **k):
    return [torch.ones_like(one) for one in inputs]
torch.autograd.grad = forged
""",
}
EXPECT = {"D1-hidden": "failed", "D2-hidden": "failed", "E2-hidden": "failed"}
