# A randomised approximation of low rank.
def best_linear_code(x, k):
    mean = x.mean(0)
    c = x - mean
    b = torch.svd_lowrank(c, q=k, niter=1)[2]
    return mean, b, (c - c @ b @ b.T).square().mean()
