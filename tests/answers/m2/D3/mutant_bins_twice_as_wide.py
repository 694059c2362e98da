# Bins from x - 1 to x + 1.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    x, inverse = x[:, None], torch.exp(-log_scales)
    below = F.logsigmoid((x + 1 - means) * inverse)
    above = F.logsigmoid((means - x + 1) * inverse)
    inside = below + above + torch.log(-torch.expm1(-2 * inverse))
    log_bins = torch.where(x == 0, below, torch.where(x == levels - 1, above, inside))
    return torch.logsumexp(F.log_softmax(logits, dim=1) + log_bins, dim=1)
