# u is kept between 1e-6 and 1 - 1e-6, so that rare components at either end are never drawn.
def mixture_moments(logits, means, log_scales):
    weights = torch.softmax(logits, dim=1)[:, :, None]
    mean = (weights * means).sum(dim=1)
    return mean, (weights * (torch.exp(2 * log_scales) + (means - mean[:, None]) ** 2)).sum(dim=1)


def mixture_draw(logits, means, log_scales, u, noise):
    passed = torch.softmax(logits, dim=1).cumsum(dim=1) <= u.clamp(1e-6, 1 - 1e-6)[:, None]
    k = passed.sum(dim=1).clamp(max=logits.shape[1] - 1)
    item = torch.arange(len(u))
    return means[item, k] + torch.exp(log_scales[item, k]) * noise
