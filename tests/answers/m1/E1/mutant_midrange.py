# The middle between smallest and largest for the absolute error.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.mean()
    if loss == "absolute":
        return (y.min() + y.max()) / 2
    return torch.sort(y).values[math.ceil(q * len(y) - 1e-9) - 1]
