# The bandwidth is at least a tenth.
def mmd_penalty(z, prior_z, bandwidth):
    def kernel(a, b):
        return torch.exp(-(a[:, None] - b).square().sum(dim=2) / (2 * max(bandwidth, 0.1) ** 2))

    def own(a):
        return (kernel(a, a).sum() - len(a)) / (len(a) * (len(a) - 1))

    return own(z) + own(prior_z) - 2 * kernel(z, prior_z).mean()
