# Moments returned as a list of two; take_along_dim.
def mixture_moments(logits, means, log_scales):
    w = torch.softmax(logits, 1)[:, :, None]
    m = (w * means).sum(1)
    v = (w * (torch.exp(2 * log_scales) + (means - m[:, None]).square())).sum(1)
    return [m, v]


def mixture_draw(logits, means, log_scales, u, noise):
    c = torch.cumsum(torch.exp(torch.log_softmax(logits, 1)), 1)
    c = torch.cat([c[:, :-1], torch.full_like(c[:, -1:], math.inf)], 1)
    k = (c > u[:, None]).to(torch.uint8).argmax(1)[:, None, None]
    return (torch.take_along_dim(means, k, 1) + torch.take_along_dim(log_scales, k, 1).exp() * noise[:, None])[:, 0]
