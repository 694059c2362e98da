# The absolute loss looks at q.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.mean()
    if loss == "absolute":
        return torch.sort(y).values[math.ceil(q * len(y) - 1e-9) - 1]
    return torch.sort(y).values[math.ceil(q * len(y) - 1e-9) - 1]
