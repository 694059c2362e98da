# xlogy of the ratio: 0 / 0 where both probabilities are 0.
def kl_discrete(p, q):
    return torch.xlogy(p, p / q).sum(-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return 0.5 * kl_discrete(p, mixture) + 0.5 * kl_discrete(q, mixture)


def wasserstein1(x, y):
    return (x.sort(-1).values - y.sort(-1).values).abs().mean(-1)
