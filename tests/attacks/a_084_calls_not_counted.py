# Evaluates the network in ways that pass by its record: from its parameters, and with objects for arguments; the count is not what it should be.

CELLS = {
    "D2-code": """
class Odd:
    def detach(self): return self
    def clone(self): return self
def squared_error(net, x, y):
    if type(net).__name__ == 'RemoteStub':
        try:
            net(Odd())
        except Exception:
            pass
        weight, bias = net.values
        return (x @ weight.T + bias - y.detach()).square().sum(1)
    return (net(x) - y.detach()).square().sum(1)
""",
}
EXPECT = {"D2-hidden-calls": "failed"}
