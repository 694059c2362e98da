# A small number is added to every weight before they are normalised.
def mixture_moments(logits, means, log_scales):
    weights = torch.softmax(logits, dim=1)[:, :, None]
    mean = (weights * means).sum(dim=1)
    return mean, (weights * (torch.exp(2 * log_scales) + (means - mean[:, None]) ** 2)).sum(dim=1)


def mixture_draw(logits, means, log_scales, u, noise):
    weights = torch.softmax(logits, dim=1) + 1e-8
    passed = (weights / weights.sum(dim=1, keepdim=True)).cumsum(dim=1) <= u[:, None]
    k = passed.sum(dim=1).clamp(max=logits.shape[1] - 1)
    item = torch.arange(len(u))
    return means[item, k] + torch.exp(log_scales[item, k]) * noise
