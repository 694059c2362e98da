# W1 from histograms with a bin of 0.01.
def kl_discrete(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(dim=-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return ((x / 0.01).round().sort(dim=-1).values - (y / 0.01).round().sort(dim=-1).values).abs().mean(dim=-1) * 0.01
