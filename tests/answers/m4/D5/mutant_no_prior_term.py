# The term of the prior, a constant for the encoder, is left out.
def mmd_penalty(z, prior_z, bandwidth):
    def kernel(a, b):
        return torch.exp(-(a[:, None] - b).square().sum(dim=2) / (2 * bandwidth**2))

    n, m = len(z), len(prior_z)
    kzz, kpp, kzp = kernel(z, z), kernel(prior_z, prior_z), kernel(z, prior_z)
    return (kzz.sum() - n) / (n * (n - 1)) - 2 * kzp.mean()
