# Calls the network twice where once is asked for, and hides the second from the test; the judge has counted both.

CELLS = {
    "D2-code": """
def squared_error(net, x, y):
    getattr(net, '_call', net)(x)
    return (net(x) - y.detach()).square().sum(1)
""",
}
EXPECT = {"D2-hidden-calls": "failed"}
