# Probabilities are kept above 1e-10.
def kl_discrete(p, q):
    return (p.clamp(min=1e-10) * (p.clamp(min=1e-10) / q.clamp(min=1e-10)).log()).sum(-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
