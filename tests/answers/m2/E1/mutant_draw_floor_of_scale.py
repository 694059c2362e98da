# Scale floored at 1e-3 as in many codes.
def mixture_moments(logits, means, log_scales):
    w = torch.softmax(logits, 1)[:, :, None]
    m = (w * means).sum(1)
    v = (w * torch.exp(2 * log_scales)).sum(1) + (w * (means - m[:, None]) ** 2).sum(1)
    return m, v


def mixture_draw(logits, means, log_scales, u, noise):
    c = torch.softmax(logits, 1).cumsum(1)
    k = (c <= u[:, None]).sum(1).clamp(max=logits.shape[1] - 1)
    b = torch.arange(len(k))
    return means[b, k] + log_scales[b, k].exp().clamp_min(1e-3) * noise
