# Calls the judge's recording network a million times; it is ended in time or by its count, the other tests keep their points.

CELLS = {
    "D2-code": """
def squared_error(net, x, y):
    while type(net).__name__ == 'RemoteStub':
        net(x.expand(100, 2))
    return (net(x) - y.detach()).square().sum(1)
""",
}
EXPECT = {"D2-hidden-calls": ("timeout", "crashed", "memory")}
