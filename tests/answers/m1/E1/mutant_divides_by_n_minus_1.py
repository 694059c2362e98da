# The mean divides by N - 1.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.sum() / max(len(y) - 1, 1)
    if loss == "absolute":
        return y.median()
    return torch.sort(y).values[math.ceil(q * len(y) - 1e-9) - 1]
