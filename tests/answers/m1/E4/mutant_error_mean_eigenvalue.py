# The mean of the eigenvalues that are left out.
def best_linear_code(x, k):
    mean = x.mean(0)
    _, s, v = torch.linalg.svd(x - mean, full_matrices=False)
    tail = s[k:].square() / len(x)
    return mean, v[:k].T, tail.mean() if len(tail) else tail.sum()
