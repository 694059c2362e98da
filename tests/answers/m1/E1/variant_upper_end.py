# The upper end of the interval of minimisers, where there is one.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.mean()
    level = 0.5 if loss == "absolute" else q
    return y.sort().values[int(level * len(y))]
