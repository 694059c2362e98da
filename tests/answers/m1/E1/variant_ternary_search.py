# Ternary search on the average loss, which is convex.
def optimal_constant(y, loss, q=0.5):
    y = y.double()

    def average(c):
        error = y - c
        if loss == "squared":
            return float((error**2).mean())
        level = q if loss == "pinball" else 0.5
        return float(torch.where(error >= 0, level * error, (level - 1) * error).mean())

    low, high = float(y.min()), float(y.max())
    if loss == "squared":
        return y.mean()
    for _ in range(200):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        if average(a) <= average(b):
            high = b
        else:
            low = a
    return (low + high) / 2
