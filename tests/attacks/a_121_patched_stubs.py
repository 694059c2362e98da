# Replaces helpers.stubs and torch functions in its process; the judge's are others: D2, answered wrongly, is lost.

CELLS = {
    "D2-code": """
stubs.unchanged = lambda f, *a: f(*a)
stubs.Affine.forward = lambda self, x: x * 0
torch.Tensor.square = lambda self: self * 0
torch.Tensor.allclose = torch.allclose = lambda *a, **k: True
def squared_error(net, x, y):
    return (net(x) - y.detach()).square().sum(1)
""",
}
EXPECT = {"D2-check": "failed", "D2-hidden": "failed", "D2-hidden-calls": "failed"}
