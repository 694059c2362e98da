# Every item of each kind is filled in by index; the width of the bin by log1p where the scale is small.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256, eps=0.0):
    inv = (-log_scales).exp()
    centred = x.view(-1, 1) - means
    log_cdf = F.logsigmoid(inv * (centred + 0.5))
    log_survival = F.logsigmoid(-inv * (centred - 0.5))
    narrow = inv > 0.7
    width = torch.where(narrow, torch.log1p(-torch.exp(-inv)), torch.log(-torch.expm1(-torch.where(narrow, torch.ones_like(inv), inv))))
    first, last = (x == 0).view(-1, 1), (x == levels - 1).view(-1, 1)
    out = (~last) * log_cdf + (~first) * log_survival + (~first & ~last) * width
    weights = logits - logits.logsumexp(dim=-1, keepdim=True)
    return (weights + out).logsumexp(dim=-1)
