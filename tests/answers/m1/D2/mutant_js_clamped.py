# JS by itself, from probabilities kept above 1e-10.
def kl_discrete(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)


def js_discrete(p, q):
    m = ((p + q) / 2).clamp(min=1e-10)
    return 0.5 * (p * (p.clamp(min=1e-10) / m).log() + q * (q.clamp(min=1e-10) / m).log()).sum(-1)
