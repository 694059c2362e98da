# The covariance has 1/(N - 1).
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, v[:k].T, s[k:].square().sum() / ((len(x) - 1) * x.shape[1])
