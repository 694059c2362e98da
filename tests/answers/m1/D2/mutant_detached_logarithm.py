# The logarithm of p is detached.
def kl_discrete(p, q):
    return (p * (torch.where(p > 0, p, 1.0).detach().log() - torch.where(p > 0, q, 1.0).log())).sum(dim=-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
