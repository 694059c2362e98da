# Sums by einsum; components looked up by searchsorted and gather.
def mixture_moments(logits, means, log_scales):
    w = F.softmax(logits, -1)
    mean = torch.einsum("bk,bkd->bd", w, means)
    return mean, torch.einsum("bk,bkd->bd", w, log_scales.exp().square() + (means - mean.unsqueeze(1)).square())


def mixture_draw(logits, means, log_scales, u, noise):
    edges = F.softmax(logits, -1).cumsum(-1).contiguous()
    k = torch.searchsorted(edges, u[:, None].contiguous(), right=True).clamp(max=logits.shape[1] - 1)
    at = k[:, :, None].expand(-1, -1, means.shape[2])
    return means.gather(1, at)[:, 0] + log_scales.gather(1, at)[:, 0].exp() * noise
