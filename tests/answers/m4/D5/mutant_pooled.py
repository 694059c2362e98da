# Both own terms share one mean over all pairs.
def mmd_penalty(z, prior_z, bandwidth):
    def k(a, b):
        return torch.exp(-((a[:, None] - b[None]) ** 2).sum(-1) / (2 * bandwidth**2))

    n, m = len(z), len(prior_z)
    zz, pp, zp = k(z, z), k(prior_z, prior_z), k(z, prior_z)
    own = (zz.sum() - n + pp.sum() - m) / (n * (n - 1) + m * (m - 1))
    return 2 * own - 2 * zp.mean()
