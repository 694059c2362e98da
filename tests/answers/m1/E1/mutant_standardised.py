# The mean of standardised values is scaled back with the unbiased deviation only.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return ((y - y.min()) / (y.max() - y.min())).mean() * (y.max() - y.min())
    return y.median() if loss == "absolute" else y.sort().values[math.ceil(q * len(y) - 1e-9) - 1]
