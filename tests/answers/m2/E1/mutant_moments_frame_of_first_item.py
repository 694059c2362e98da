# Raw second moment in the frame of the first item's first component: loses all digits where items are far apart.
def mixture_moments(logits, means, log_scales):
    weights = torch.softmax(logits, dim=1)[:, :, None]
    shifted = means - means[:1, :1].detach()
    mean = (weights * shifted).sum(dim=1)
    variance = (weights * (torch.exp(2 * log_scales) + shifted**2)).sum(dim=1) - mean**2
    return mean + means[:1, 0].detach(), variance


def mixture_draw(logits, means, log_scales, u, noise):
    passed = torch.softmax(logits, dim=1).cumsum(dim=1) <= u[:, None]
    k = passed.sum(dim=1).clamp(max=logits.shape[1] - 1)
    item = torch.arange(len(u))
    return means[item, k] + torch.exp(log_scales[item, k]) * noise
