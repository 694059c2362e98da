# Closed ends, and the mass within the range brought to 1.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    x, inverse = x[:, None], torch.exp(-log_scales)
    below = F.logsigmoid((x + 0.5 - means) * inverse)
    above = F.logsigmoid((means - x + 0.5) * inverse)
    inside = below + above + torch.log(-torch.expm1(-inverse))
    whole = torch.sigmoid((levels - 0.5 - means) * inverse) - torch.sigmoid((-0.5 - means) * inverse)
    log_bins = inside - whole.log()
    return torch.logsumexp(F.log_softmax(logits, dim=1) + log_bins, dim=1)
