# The sample is taken to be sorted.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.mean()
    if loss == "absolute":
        return y[(len(y) - 1) // 2]
    return y[math.ceil(q * len(y) - 1e-9) - 1]
