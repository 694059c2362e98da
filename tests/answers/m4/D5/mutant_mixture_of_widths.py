# A sum of kernels of half, one and two bandwidths.
def mmd_penalty(z, prior_z, bandwidth):
    def kernel(a, b):
        d2 = (a[:, None] - b).square().sum(dim=2)
        return sum(torch.exp(-d2 / (2 * (bandwidth * factor) ** 2)) for factor in (0.5, 1.0, 2.0)) / 3

    n, m = len(z), len(prior_z)
    kzz, kpp, kzp = kernel(z, z), kernel(prior_z, prior_z), kernel(z, prior_z)
    return (kzz.sum() - kzz.diagonal().sum()) / (n * (n - 1)) + (kpp.sum() - kpp.diagonal().sum()) / (m * (m - 1)) - 2 * kzp.mean()
