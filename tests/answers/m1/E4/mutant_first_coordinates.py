# The coordinates of largest variance.
def best_linear_code(x, k):
    mean = x.mean(0)
    c = x - mean
    order = c.square().sum(0).argsort(descending=True)
    b = torch.eye(x.shape[1], dtype=x.dtype)[:, order[:k]]
    return mean, b, (c - c @ b @ b.T).square().mean()
