# The sample is sorted in place.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.mean()
    if loss == "absolute":
        return y.median()
    return y.copy_(y.sort().values)[math.ceil(q * len(y) - 1e-9) - 1]
