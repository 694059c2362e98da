# The smallest and the largest value are left out of the mean.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return (y.sort().values[1:-1] if len(y) > 2 else y).mean()
    if loss == "absolute":
        return y.median()
    return torch.sort(y).values[math.ceil(q * len(y) - 1e-9) - 1]
