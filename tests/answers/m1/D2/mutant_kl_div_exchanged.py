# torch's kl_div with its arguments in the order they are written.
def kl_discrete(p, q):
    return torch.nn.functional.kl_div(torch.where(p > 0, p, 1e-38).log(), q, reduction="none").sum(-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
