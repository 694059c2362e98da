# W1 in float32.
def kl_discrete(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(dim=-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    x, y = x.float(), y.float()
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
