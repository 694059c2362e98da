# The columns are divided by the standard deviations.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, v[:k].T / (s[:k] / len(x) ** 0.5), s[k:].square().sum() / x.numel()
