# Results are rounded to three places.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return round(float(y.mean()), 3)
    if loss == "absolute":
        return y.median()
    return round(float(torch.sort(y).values[math.ceil(q * len(y) - 1e-9) - 1]), 3)
