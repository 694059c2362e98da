# NumPy's quantile without interpolation; a Python float.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return float(y.mean())
    if loss == "absolute":
        return float(y.median())
    return float(__import__("numpy").quantile(y.numpy(), q, method="inverted_cdf"))
