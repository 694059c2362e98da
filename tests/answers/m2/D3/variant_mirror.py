# By symmetry every bin is moved to the lower tail, where logarithms of F are exact; then a log-difference.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    y = x.to(means.dtype).unsqueeze(1)
    s = log_scales.exp()
    high, low = (y + 0.5 - means) / s, (y - 0.5 - means) / s
    flip = y > means
    top, bottom = torch.where(flip, -low, high), torch.where(flip, -high, low)
    inside = F.logsigmoid(top) + torch.log(-torch.expm1(F.logsigmoid(bottom) - F.logsigmoid(top)))
    bins = torch.where(y == 0, F.logsigmoid(high), inside)
    bins = torch.where(y == levels - 1, F.logsigmoid(-low), bins)
    return torch.logsumexp(torch.log_softmax(logits, 1) + bins, 1)
