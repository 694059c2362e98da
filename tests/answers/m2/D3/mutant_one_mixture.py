# The parameters of the first item for all items.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    logits, means, log_scales = (part[:1].expand_as(part) for part in (logits, means, log_scales))
    x, inverse = x[:, None], torch.exp(-log_scales)
    below = F.logsigmoid((x + 0.5 - means) * inverse)
    above = F.logsigmoid((means - x + 0.5) * inverse)
    inside = below + above + torch.log(-torch.expm1(-inverse))
    log_bins = torch.where(x == 0, below, torch.where(x == levels - 1, above, inside))
    return torch.logsumexp(F.log_softmax(logits, dim=1) + log_bins, dim=1)
