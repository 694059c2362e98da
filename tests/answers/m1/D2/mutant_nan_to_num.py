# NaN is replaced after the sum's terms: right values, NaN gradients.
def kl_discrete(p, q):
    return torch.nan_to_num(p * (p / q).log(), nan=0.0, posinf=math.inf).sum(-1)


def js_discrete(p, q):
    mixture = (p + q) / 2
    return (kl_discrete(p, mixture) + kl_discrete(q, mixture)) / 2


def wasserstein1(x, y):
    return (x.sort(dim=-1).values - y.sort(dim=-1).values).abs().mean(dim=-1)
