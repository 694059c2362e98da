# Moments of the likeliest component.
def mixture_moments(logits, means, log_scales):
    k = logits.argmax(dim=1)
    return means[torch.arange(len(k)), k], torch.exp(2 * log_scales[torch.arange(len(k)), k])


def mixture_draw(logits, means, log_scales, u, noise):
    passed = torch.softmax(logits, dim=1).cumsum(dim=1) <= u[:, None]
    k = passed.sum(dim=1).clamp(max=logits.shape[1] - 1)
    item = torch.arange(len(u))
    return means[item, k] + torch.exp(log_scales[item, k]) * noise
