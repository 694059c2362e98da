# Eigenvectors of the covariance.
def best_linear_code(x, k):
    mean = x.mean(0)
    c = x - mean
    values, vectors = torch.linalg.eigh(c.T @ c / len(x))
    return mean, vectors.flip(1)[:, :k], values.flip(0)[k:].sum() / x.shape[1]
