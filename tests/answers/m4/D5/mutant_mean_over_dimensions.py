# The squared distance is a mean over dimensions.
def mmd_penalty(z, prior_z, bandwidth):
    def kernel(a, b):
        return torch.exp(-(a[:, None] - b).square().mean(dim=2) / (2 * bandwidth**2))

    n, m = len(z), len(prior_z)
    kzz, kpp, kzp = kernel(z, z), kernel(prior_z, prior_z), kernel(z, prior_z)
    return (kzz.sum() - kzz.diagonal().sum()) / (n * (n - 1)) + (kpp.sum() - kpp.diagonal().sum()) / (m * (m - 1)) - 2 * kzp.mean()
