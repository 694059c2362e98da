# Calls the judge's recording network with huge inputs that the judge would have to keep; it is ended as `memory`.

CELLS = {
    "D2-code": """
def squared_error(net, x, y):
    while type(net).__name__ == 'RemoteStub':
        net(torch.zeros(4_000_000, 2))
    return (net(x) - y.detach()).square().sum(1)
""",
}
EXPECT = {"D2-hidden-calls": ("memory", "timeout", "crashed")}
