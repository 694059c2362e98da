# Each value of the sample is tried in a loop, with the losses as they are defined.
def price(y_i, c, loss, q):
    if loss == "squared":
        return (y_i - c) ** 2
    if loss == "absolute":
        return abs(y_i - c)
    return q * (y_i - c) if y_i >= c else (1 - q) * (c - y_i)


def optimal_constant(y, loss, q=0.5):
    values = y.tolist()
    candidates = values if loss != "squared" else [sum(values) / len(values)]
    return min(candidates, key=lambda c: sum(price(v, c, loss, q) for v in values))
