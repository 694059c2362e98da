# One direction too many.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, v[: k + 1].T, s[k + 1 :].square().sum() / x.numel()
