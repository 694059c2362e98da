# The bandwidth as a tensor of the default type.
def mmd_penalty(z, prior_z, bandwidth):
    def k(a, b):
        return torch.exp(-((a[:, None] - b[None]) ** 2).sum(-1) / (2 * torch.tensor(bandwidth) ** 2))

    n, m = len(z), len(prior_z)
    zz, pp, zp = k(z, z), k(prior_z, prior_z), k(z, prior_z)
    return (zz.sum() - n) / (n * (n - 1)) + (pp.sum() - m) / (m * (m - 1)) - 2 * zp.mean()
