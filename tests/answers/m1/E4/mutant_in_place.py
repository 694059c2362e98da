# Centres x in place.
def best_linear_code(x, k):
    mean = x.mean(0)
    x -= mean
    _, s, v = torch.linalg.svd(x, full_matrices=False)
    return mean, v[:k].T, s[k:].square().sum() / x.numel()
