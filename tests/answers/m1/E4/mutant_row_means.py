# The mean of each row is taken off.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x - x.mean(1, keepdim=True), full_matrices=False)
    return mean, v[:k].T, s[k:].square().sum() / x.numel()
