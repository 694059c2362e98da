# torch.cov, with 1/N instead of 1/(N - 1); signs turned.
def best_linear_code(x, k):
    mean = torch.mean(x, 0)
    values, vectors = torch.linalg.eigh(torch.cov(x.T, correction=0).reshape(x.shape[1], x.shape[1]))
    order = values.argsort(descending=True)
    return mean, -vectors[:, order[:k]], values[order[k:]].sum() / x.shape[1]
