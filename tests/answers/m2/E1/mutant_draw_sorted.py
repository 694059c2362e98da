# Components in order of their weights.
def mixture_moments(logits, means, log_scales):
    weights = torch.softmax(logits, dim=1)[:, :, None]
    mean = (weights * means).sum(dim=1)
    return mean, (weights * (torch.exp(2 * log_scales) + (means - mean[:, None]) ** 2)).sum(dim=1)


def mixture_draw(logits, means, log_scales, u, noise):
    w, order = torch.softmax(logits, dim=1).sort(dim=1, descending=True)
    item = torch.arange(len(u))
    k = order[item, (w.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=logits.shape[1] - 1)]
    return means[item, k] + torch.exp(log_scales[item, k]) * noise
