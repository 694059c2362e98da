# Gives the right values without their gradients; D1's and D2's hidden tests do not pass.

CELLS = {
    "D1-code": """
def weighted_mean(x, w):
    return ((w * x).sum() / w.sum()).detach()
""",
    "D2-code": """
@torch.no_grad()
def squared_error(net, x, y):
    return (net(x) - y).square().sum(1)
""",
}
EXPECT = {"D1-hidden": ("error", "failed"), "D2-hidden": ("error", "failed")}
