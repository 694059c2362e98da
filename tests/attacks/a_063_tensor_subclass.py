# Gives a tensor subclass whose __torch_function__ says that all is equal and close; only its numbers cross: E1 is lost.

CELLS = {
    "E1-code": """
class Close(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if getattr(function, '__name__', '') in ('allclose', 'equal', 'isclose', '__eq__', 'all', 'item'):
            return True
        return super().__torch_function__(function, types, args, kwargs or {})
def double(x):
    return (x * 0 + 1).as_subclass(Close)
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
