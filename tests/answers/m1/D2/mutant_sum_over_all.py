# The sum over all axes.
def kl_discrete(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum()


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
