# The kernel is a density, with its constant.
def mmd_penalty(z, prior_z, bandwidth):
    def k(a, b):
        return torch.exp(-((a[:, None] - b[None]) ** 2).sum(-1) / (2 * bandwidth**2))

    n, m = len(z), len(prior_z)
    zz, pp, zp = k(z, z), k(prior_z, prior_z), k(z, prior_z)
    c = (2 * math.pi * bandwidth**2) ** (-0.5 * z.shape[1])
    return c * ((zz.sum() - n) / (n * (n - 1)) + (pp.sum() - m) / (m * (m - 1)) - 2 * zp.mean())
