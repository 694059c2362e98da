# Each number goes to the nearest of the other sample.
def kl_discrete(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(dim=-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (x[..., :, None] - y[..., None, :]).abs().min(dim=-1).values.mean(dim=-1)
