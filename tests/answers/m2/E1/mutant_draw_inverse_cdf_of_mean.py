# Chooses each number's component from a rotated u.
def mixture_moments(logits, means, log_scales):
    weights = torch.softmax(logits, dim=1)[:, :, None]
    mean = (weights * means).sum(dim=1)
    return mean, (weights * (torch.exp(2 * log_scales) + (means - mean[:, None]) ** 2)).sum(dim=1)


def mixture_draw(logits, means, log_scales, u, noise):
    (torch.softmax(logits, dim=1).cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=logits.shape[1] - 1)
    item = torch.arange(len(u))
    D = means.shape[2]
    cols = []
    for d in range(D):
        ud = (u + d / max(D, 1)) % 1
        kd = (torch.softmax(logits, dim=1).cumsum(dim=1) <= ud[:, None]).sum(dim=1).clamp(max=logits.shape[1] - 1)
        cols.append(means[item, kd, d] + log_scales[item, kd, d].exp() * noise[:, d])
    return torch.stack(cols, 1)
