# Disagreement as half the mean squared distance of all pairs of components; the draw by a one-hot choice.
def mixture_moments(logits, means, log_scales):
    w = torch.softmax(logits, 1)
    mean = torch.bmm(w[:, None], means)[:, 0]
    pairs = 0.5 * (w[:, :, None, None] * w[:, None, :, None] * (means[:, :, None] - means[:, None]) ** 2).sum((1, 2))
    return mean, (w[..., None] * (2 * log_scales).exp()).sum(1) + pairs


def mixture_draw(logits, means, log_scales, u, noise):
    upper = torch.softmax(logits, 1).cumsum(1)
    upper = torch.cat([upper[:, :-1], torch.full_like(upper[:, :1], 2.0)], 1)
    first = (upper > u[:, None]).int().argmax(1)
    choice = F.one_hot(first, logits.shape[1]).bool()
    return means[choice] + log_scales[choice].exp() * noise
