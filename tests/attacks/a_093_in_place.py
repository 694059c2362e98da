# Writes into its arguments; stubs.unchanged sees it on the other side of the border: D2's hidden test fails.

CELLS = {
    "D2-code": """
def squared_error(net, x, y):
    y *= -1
    y += net(x)
    return y.square().sum(1)
""",
}
EXPECT = {"D2-hidden": "failed"}
