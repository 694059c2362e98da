# A difference of logarithms of F, exact in the lower tail alone.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    x, inverse = x[:, None], torch.exp(-log_scales)
    below = F.logsigmoid((x + 0.5 - means) * inverse)
    above = F.logsigmoid((means - x + 0.5) * inverse)
    inside = below + torch.log(-torch.expm1(F.logsigmoid((x - 0.5 - means) * inverse) - below))
    log_bins = torch.where(x == 0, below, torch.where(x == levels - 1, above, inside))
    return torch.logsumexp(F.log_softmax(logits, dim=1) + log_bins, dim=1)
