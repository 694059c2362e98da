# Squares are multiplied out, which loses digits far from the origin.
def mmd_penalty(z, prior_z, bandwidth):
    def kernel(a, b):
        d2 = a.square().sum(1)[:, None] + b.square().sum(1) - 2 * a @ b.T
        return torch.exp(-d2.clamp(min=0) / (2 * bandwidth**2))

    n, m = len(z), len(prior_z)
    kzz, kpp, kzp = kernel(z, z), kernel(prior_z, prior_z), kernel(z, prior_z)
    return (kzz.sum() - n) / (n * (n - 1)) + (kpp.sum() - m) / (m * (m - 1)) - 2 * kzp.mean()
