# From the N × N matrix of inner products.
def best_linear_code(x, k):
    mean = x.mean(0)
    c = x - mean
    values, left = torch.linalg.eigh(c @ c.T)
    basis = c.T @ left[:, -k:] / values[-k:].sqrt()
    basis = torch.linalg.qr(basis)[0]
    left_over = c - (c @ basis) @ basis.T
    return mean, basis, (left_over**2).sum() / c.numel()
