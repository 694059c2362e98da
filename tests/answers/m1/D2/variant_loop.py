# Outcome by outcome, in loops.
def kl_discrete(p, q):
    if p.ndim > 1:
        return torch.stack([kl_discrete(a, b) for a, b in zip(p, q, strict=True)])
    total = torch.zeros((), dtype=p.dtype)
    for p_k, q_k in zip(p, q, strict=True):
        if p_k > 0:
            total = total + p_k * (torch.log(p_k) - torch.log(q_k))
    return total


def js_discrete(p, q):
    middle = 0.5 * p + 0.5 * q
    return 0.5 * kl_discrete(p, middle) + 0.5 * kl_discrete(q, middle)


def wasserstein1(x, y):
    x, y = torch.sort(x)[0], torch.sort(y)[0]
    return torch.linalg.vector_norm(x - y, ord=1, dim=-1) / x.shape[-1]
