# The diagonal is set to zero in place; backward refuses that.
def mmd_penalty(z, prior_z, bandwidth):
    def k(a, b):
        return torch.exp(-((a[:, None] - b[None]) ** 2).sum(-1) / (2 * bandwidth**2))

    n, m = len(z), len(prior_z)
    zz, pp, zp = k(z, z), k(prior_z, prior_z), k(z, prior_z)
    zz.fill_diagonal_(0)
    pp.fill_diagonal_(0)
    return zz.sum() / (n * (n - 1)) + pp.sum() / (m * (m - 1)) - 2 * zp.mean()
