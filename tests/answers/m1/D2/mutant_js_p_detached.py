# JS has no gradient with respect to its first argument.
def kl_discrete(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(dim=-1)


def js_discrete(p, q):
    return (kl_discrete(p.detach(), (p.detach() + q) / 2) + kl_discrete(q, (p.detach() + q) / 2)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
