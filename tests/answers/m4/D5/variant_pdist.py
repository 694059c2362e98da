# One matrix of all points with signed weights.
def mmd_penalty(z, prior_z, bandwidth):
    x = torch.cat([z, prior_z])
    n, m = len(z), len(prior_z)
    k = torch.exp(-(x[:, None] - x[None]).pow(2).sum(-1) / 2 / bandwidth**2)
    weight = torch.full_like(k, -1.0 / (n * m))
    weight[:n, :n] = 1.0 / (n * (n - 1))
    weight[n:, n:] = 1.0 / (m * (m - 1))
    weight.fill_diagonal_(0.0)
    return (weight * k).sum()
