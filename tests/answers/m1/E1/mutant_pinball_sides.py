# The pinball loss charges values below c with q.
def optimal_constant(y, loss, q=0.5):
    if loss == "squared":
        return y.mean()
    q = q if loss == "pinball" else 0.5
    error = y[None, :] - y[:, None]
    average = torch.maximum(q * error, (q - 1) * error).mean(dim=0)
    return y[average.argmin()]
