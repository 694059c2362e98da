# torch's kl_div, whose first argument is a logarithm.
def kl_discrete(p, q):
    impossible = ((p > 0) & (q == 0)).any(-1)
    terms = torch.nn.functional.kl_div(torch.where(q > 0, q, 1.0).log(), p, reduction="none")
    return torch.where(impossible, math.inf, terms.sum(-1))


def js_discrete(p, q):
    mixture = torch.lerp(p, q, 0.5)
    return torch.stack([kl_discrete(p, mixture), kl_discrete(q, mixture)]).mean(0)


def wasserstein1(x, y):
    return torch.nn.functional.l1_loss(x.sort(dim=-1).values, y.sort(dim=-1).values, reduction="none").mean(-1)
