# Computed in float64 and returned so, whatever the type of the parameters.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    x, logits, means, inverse_scales = x[:, None], logits.double(), means.double(), torch.exp(-log_scales.double())
    below = F.logsigmoid((x + 0.5 - means) * inverse_scales)
    above = F.logsigmoid((means - x + 0.5) * inverse_scales)
    inside = below + above + torch.log(-torch.expm1(-inverse_scales))
    log_bins = torch.where(x == 0, below, torch.where(x == levels - 1, above, inside))
    return torch.logsumexp(F.log_softmax(logits, dim=1) + log_bins, dim=1)
