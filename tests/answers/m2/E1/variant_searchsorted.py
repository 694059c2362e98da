# Searchsorted with right=True; deviation computed from first mean shift.
def mixture_moments(logits, means, log_scales):
    w = F.softmax(logits, dim=-1)
    shift = means[:, :1]
    mean = shift[:, 0] + torch.einsum("bk,bkd->bd", w, means - shift)
    d = means - mean.unsqueeze(1)
    return mean, torch.einsum("bk,bkd->bd", w, log_scales.exp() ** 2 + d * d)


def mixture_draw(logits, means, log_scales, u, noise):
    c = F.softmax(logits, dim=-1).cumsum(-1).contiguous()
    k = torch.searchsorted(c, u[:, None].contiguous(), right=True).clamp(max=logits.shape[1] - 1)
    idx = k[:, :, None].expand(-1, -1, means.shape[2])
    return means.gather(1, idx)[:, 0] + log_scales.gather(1, idx)[:, 0].exp() * noise
