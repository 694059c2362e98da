# The mean is said to be zero.
def best_linear_code(x, k):
    _, s, v = torch.linalg.svd(x, full_matrices=False)
    return torch.zeros_like(x[0]), v[:k].T, s[k:].square().sum() / x.numel()
