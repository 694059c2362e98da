# Masks by one minus the identity of the default type.
def mmd_penalty(z, prior_z, bandwidth):
    def k(a, b):
        return torch.exp(-((a[:, None] - b[None]) ** 2).sum(-1) / (2 * bandwidth**2))

    n, m = len(z), len(prior_z)
    zz, pp, zp = k(z, z), k(prior_z, prior_z), k(z, prior_z)
    return (zz * (1 - torch.eye(n))).sum() / (n * (n - 1)) + (pp * (1 - torch.eye(m))).sum() / (m * (m - 1)) - 2 * zp.sum() / (n * m)
