# Components merged into the first one by one, as running means and variances are; shares by logaddexp.
def mixture_moments(logits, means, log_scales):
    total, mean, variance = logits[:, :1], means[:, 0], (2 * log_scales[:, 0]).exp()
    for k in range(1, logits.shape[1]):
        total = torch.logaddexp(total, logits[:, k : k + 1])
        share, gap = (logits[:, k : k + 1] - total).exp(), means[:, k] - mean
        variance = (1 - share) * variance + share * (2 * log_scales[:, k]).exp() + share * (1 - share) * gap**2
        mean = mean + share * gap
    return mean, variance


def mixture_draw(logits, means, log_scales, u, noise):
    sums = logits.softmax(dim=1).cumsum(dim=1)
    sums = torch.cat([sums[:, :-1], torch.full_like(sums[:, -1:], math.inf)], dim=1)
    k = (sums > u[:, None]).long().argmax(dim=1)
    return torch.stack([means[i, k[i]] + noise[i] * log_scales[i, k[i]].exp() for i in range(len(u))])
