# Gives an object with item(), shape and dtype that answers differently each time it is asked; no methods are called: E1 is an error.

CELLS = {
    "E1-code": """
class Tensor2:
    shape, dtype, ndim = (3,), torch.float64, 1
    values = iter([2.0] * 1000)
    def item(self): return next(self.values)
    def detach(self): return self
    def __eq__(self, other): return True
    def __float__(self): return 2.0
def double(x):
    return Tensor2()
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
