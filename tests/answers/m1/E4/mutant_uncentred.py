# The data are not centred.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x, full_matrices=False)
    return mean, v[:k].T, s[k:].square().sum() / x.numel()
