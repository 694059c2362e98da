# Zeros are replaced before the logarithm and after it.
def kl_discrete(p, q):
    return torch.where(p > 0, p * (torch.where(p > 0, p, 1.0) / torch.where(p > 0, q, 1.0)).log(), torch.zeros_like(p)).sum(-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
