# The smallest eigenvalues are kept.
def best_linear_code(x, k):
    mean = x.mean(0)
    c = x - mean
    values, vectors = torch.linalg.eigh(c.T @ c / len(x))
    return mean, vectors[:, :k], values[k:].sum() / x.shape[1]
