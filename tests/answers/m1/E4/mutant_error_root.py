# The root of the mean squared error.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, v[:k].T, (s[k:].square().sum() / x.numel()).sqrt()
