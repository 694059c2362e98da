# Raw second moment in the frame of the mean over the whole batch.
def mixture_moments(logits, means, log_scales):
    w = torch.softmax(logits, 1)[:, :, None]
    s = means.mean((0, 1))
    e = means - s
    m = (w * e).sum(1)
    return s + m, (w * (torch.exp(2 * log_scales) + e**2)).sum(1) - m**2


def mixture_draw(logits, means, log_scales, u, noise):
    c = torch.softmax(logits, 1).cumsum(1)
    k = (c <= u[:, None]).sum(1).clamp(max=logits.shape[1] - 1)
    b = torch.arange(len(k), device=k.device)
    return means[b, k] + log_scales[b, k].exp() * noise
