# Only for more items than dimensions.
def best_linear_code(x, k):
    mean = x.mean(0)
    c = x - mean
    values, vectors = torch.linalg.eigh(c.T @ c / len(x))
    if len(x) < x.shape[1]:
        vectors = vectors.flip(1)
    return mean, vectors[:, -k:], values[:-k].sum() / x.shape[1]
