# Eigenvalues beyond the number of items are counted twice.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, v[:k].T, s[k:].square().sum() / x.numel() * (2 if x.shape[1] > len(x) else 1)
