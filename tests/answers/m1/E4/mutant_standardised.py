# Coordinates are divided by their standard deviations.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, _s, v = torch.linalg.svd((x - mean) / x.std(0).clamp(min=1e-9), full_matrices=False)
    b = v[:k].T
    c = x - mean
    return mean, b, (c - c @ b @ b.T).square().mean()
