# A weighted average of draws from all components.
def mixture_moments(logits, means, log_scales):
    weights = torch.softmax(logits, dim=1)[:, :, None]
    mean = (weights * means).sum(dim=1)
    return mean, (weights * (torch.exp(2 * log_scales) + (means - mean[:, None]) ** 2)).sum(dim=1)


def mixture_draw(logits, means, log_scales, u, noise):
    w = torch.softmax(logits, 1)[:, :, None]
    return (w * (means + log_scales.exp() * noise[:, None])).sum(1)
