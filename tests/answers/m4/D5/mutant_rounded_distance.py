# Distances below a millionth of the bandwidth count as the same item.
def mmd_penalty(z, prior_z, bandwidth):
    def kernel(a, b):
        return torch.exp(-(a[:, None] - b).square().sum(dim=2) / (2 * bandwidth**2))

    n, m = len(z), len(prior_z)
    kzz, kpp, kzp = kernel(z, z), kernel(prior_z, prior_z), kernel(z, prior_z)
    own = kzz[(z[:, None] - z).square().sum(2) > 0].mean() if n > 1 else 0.0
    return own + (kpp.sum() - m) / (m * (m - 1)) - 2 * kzp.mean()
