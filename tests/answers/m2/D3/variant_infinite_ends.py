# Ends by infinite arguments.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    y = x[:, None].to(means.dtype)
    s = log_scales.exp()
    a, b = (y + 0.5 - means) / s, (y - 0.5 - means) / s
    width = torch.log(-torch.expm1(-1 / s))

    a = torch.where(y == levels - 1, torch.full_like(a, math.inf), a)
    b = torch.where(y == 0, torch.full_like(b, -math.inf), b)
    open_end = (y == 0) | (y == levels - 1)
    return torch.logsumexp(logits.log_softmax(1) + F.logsigmoid(a) + F.logsigmoid(-b) + torch.where(open_end, torch.zeros_like(s), width), 1)
