# For an even sample the middle between the two middle values.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.sum() / len(y)
    if loss == "absolute":
        return (y.sort().values[(len(y) - 1) // 2] + y.sort().values[len(y) // 2]) / 2
    return torch.sort(y).values[math.ceil(q * len(y) - 1e-9) - 1]
