# One step of power iteration.
def best_linear_code(x, k):
    mean = x.mean(0)
    c = x - mean
    b = torch.linalg.qr(c.T @ (c @ torch.ones(x.shape[1], k, dtype=x.dtype).tril()))[0]
    return mean, b, (c - c @ b @ b.T).square().mean()
