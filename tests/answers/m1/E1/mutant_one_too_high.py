# The value after the right one in the sorted sample.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.mean()
    if loss == "absolute":
        return y.median()
    return torch.sort(y).values[min(math.ceil(q * len(y) - 1e-9), len(y) - 1)]
