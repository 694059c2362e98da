# The space of the first k items.
def best_linear_code(x, k):
    mean = x.mean(0)
    c = x - mean
    b = torch.linalg.qr(c[:k].T)[0]
    return mean, b, (c - c @ b @ b.T).square().mean()
