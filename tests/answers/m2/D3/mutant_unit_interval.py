# Means and scales in the unit of -1 to 1, as in published code.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    x, inverse = x[:, None], torch.exp(-log_scales) * 2 / (levels - 1)
    means = (means + 1) * (levels - 1) / 2
    below = F.logsigmoid((x + 0.5 - means) * inverse)
    above = F.logsigmoid((means - x + 0.5) * inverse)
    inside = below + above + torch.log(-torch.expm1(-inverse))
    log_bins = torch.where(x == 0, below, torch.where(x == levels - 1, above, inside))
    return torch.logsumexp(F.log_softmax(logits, dim=1) + log_bins, dim=1)
