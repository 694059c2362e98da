# torch.special.rel_entr is not there, so torch.special.entr and xlogy; W1 by msort.
def kl_discrete(p, q):
    return (-torch.special.entr(p) - torch.special.xlogy(p, q)).sum(-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (torch.msort(x.movedim(-1, 0)) - torch.msort(y.movedim(-1, 0))).abs().mean(0)
