# The absolute value is rounded off at zero.
def kl_discrete(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def js_discrete(p, q):
    return (kl_discrete(p, (p + q) / 2) + kl_discrete(q, (p + q) / 2)) / 2


def wasserstein1(x, y):
    return ((x.sort(dim=-1).values - y.sort(dim=-1).values) ** 2 + 1e-12).sqrt().mean(dim=-1)
