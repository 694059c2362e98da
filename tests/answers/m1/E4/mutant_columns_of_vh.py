# Columns of Vh instead of rows.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, v[:, :k] if v.shape[0] == v.shape[1] else v.T[:, :k], s[k:].square().sum() / x.numel()
