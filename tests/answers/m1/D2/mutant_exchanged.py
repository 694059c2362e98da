# The arguments of KL are exchanged.
def kl_discrete(p, q):
    return (torch.xlogy(q, q) - torch.xlogy(q, p)).sum(dim=-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(mixture, p) + kl_discrete(mixture, q)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
