# Lets gradients flow into y, which the task forbids; a gradient is not None: D2's hidden test fails.

CELLS = {
    "D2-code": """
def squared_error(net, x, y):
    return (net(x) - y).square().sum(1)
""",
}
EXPECT = {"D2-hidden": "failed"}
