# U is decreased in place while the components are walked through.
def mixture_moments(logits, means, log_scales):
    w = torch.softmax(logits, 1)[:, :, None]
    m = (w * means).sum(1)
    v = (w * torch.exp(2 * log_scales)).sum(1) + (w * (means - m[:, None]) ** 2).sum(1)
    return m, v


def mixture_draw(logits, means, log_scales, u, noise):
    w = torch.softmax(logits, 1)
    k = torch.full_like(u, -1).long()
    for j in range(w.shape[1]):
        k = torch.where((k < 0) & (w[:, j] > u), torch.tensor(j), k)
        u -= w[:, j].detach()
    k = torch.where(k < 0, torch.tensor(w.shape[1] - 1), k)
    b = torch.arange(len(k))
    return means[b, k] + log_scales[b, k].exp() * noise
