# Deviation summed over D too.
def mixture_moments(logits, means, log_scales):
    w = torch.softmax(logits, 1)[:, :, None]
    m = (w * means).sum(1)
    d = ((means - m[:, None]) ** 2).sum(2, keepdim=True)
    return m, (w * torch.exp(2 * log_scales)).sum(1) + (w * d).sum(1) * torch.ones_like(m)


def mixture_draw(logits, means, log_scales, u, noise):
    c = torch.softmax(logits, 1).cumsum(1)
    k = (c <= u[:, None]).sum(1).clamp(max=logits.shape[1] - 1)
    b = torch.arange(len(k), device=k.device)
    return means[b, k] + log_scales[b, k].exp() * noise
