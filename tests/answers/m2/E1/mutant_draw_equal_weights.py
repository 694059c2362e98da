# Component floor(u K).
def mixture_moments(logits, means, log_scales):
    w = torch.softmax(logits, 1)[:, :, None]
    m = (w * means).sum(1)
    v = (w * torch.exp(2 * log_scales)).sum(1) + (w * (means - m[:, None]) ** 2).sum(1)
    return m, v


def mixture_draw(logits, means, log_scales, u, noise):
    k = (u * logits.shape[1]).long()
    b = torch.arange(len(k))
    return means[b, k] + log_scales[b, k].exp() * noise
