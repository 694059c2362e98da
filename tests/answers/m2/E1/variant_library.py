# Moments from torch's mixture distribution, which centres the means.
def mixture_moments(logits, means, log_scales):
    mixture = torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(logits=logits), torch.distributions.Independent(torch.distributions.Normal(means, log_scales.exp()), 1)
    )
    return mixture.mean, mixture.variance


def mixture_draw(logits, means, log_scales, u, noise):
    passed = torch.softmax(logits, dim=1).cumsum(dim=1) <= u[:, None]
    k = passed.sum(dim=1).clamp(max=logits.shape[1] - 1)
    item = torch.arange(len(u))
    return means[item, k] + torch.exp(log_scales[item, k]) * noise
