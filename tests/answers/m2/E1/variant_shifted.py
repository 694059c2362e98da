# Second moment about the first component, which cancels nothing; the draw through a mask.
def mixture_moments(logits, means, log_scales):
    w = torch.softmax(logits, 1).unsqueeze(-1)
    origin = means[:, :1].detach()
    m = (w * (means - origin)).sum(1, keepdim=True)
    second = (w * (log_scales.mul(2).exp() + (means - origin - m) ** 2)).sum(1)
    return (w * means).sum(1), second


def mixture_draw(logits, means, log_scales, u, noise):
    p = torch.softmax(logits, dim=-1)
    cum = torch.cumsum(p, dim=-1)
    low = torch.cat([torch.zeros_like(cum[:, :1]), cum[:, :-1]], -1)
    idx = (low <= u.unsqueeze(-1)).sum(-1) - 1
    mu = torch.stack([means[i, int(j)] for i, j in enumerate(idx)])
    sd = torch.stack([log_scales[i, int(j)] for i, j in enumerate(idx)]).exp()
    return torch.addcmul(mu, sd, noise)
