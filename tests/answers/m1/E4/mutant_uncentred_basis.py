# Only the error is of centred data.
def best_linear_code(x, k):
    mean = x.mean(0)
    v = torch.linalg.svd(x, full_matrices=False).Vh
    b = v[:k].T
    c = x - mean
    return mean, b, (c - c @ b @ b.T).square().mean()
