# By cross entropy and entropy; JS by entropies.
def kl_discrete(p, q):
    return -torch.xlogy(p, q).sum(-1) + torch.xlogy(p, p).sum(-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return -torch.xlogy(mixture, mixture).sum(-1) + (torch.xlogy(p, p) + torch.xlogy(q, q)).sum(-1) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
