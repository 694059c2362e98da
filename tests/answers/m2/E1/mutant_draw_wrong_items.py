# Looks the components up for the first item alone.
def mixture_moments(logits, means, log_scales):
    weights = torch.softmax(logits, dim=1)[:, :, None]
    mean = (weights * means).sum(dim=1)
    return mean, (weights * (torch.exp(2 * log_scales) + (means - mean[:, None]) ** 2)).sum(dim=1)


def mixture_draw(logits, means, log_scales, u, noise):
    k = (torch.softmax(logits, dim=1).cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=logits.shape[1] - 1)
    torch.arange(len(u))

    return means[0, k] + torch.exp(log_scales[0, k]) * noise
