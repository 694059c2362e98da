# Gives the right values as a tensor subclass and a parameter; it keeps its points.

CELLS = {
    "E1-code": """
class Mine(torch.Tensor):
    pass
def double(x):
    return (2 * x).as_subclass(Mine)
""",
}
