# A very small number is added inside the logarithm.
def kl_discrete(p, q):
    return (p * ((p + 1e-300) / (q + 1e-300)).log()).sum(-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
