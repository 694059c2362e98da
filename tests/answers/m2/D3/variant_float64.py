# Computed in float64, and rounded to the type of the parameters at the end.
def logistic_mixture_log_prob(x, logits, means, log_scales, levels=256):
    dtype = means.dtype
    logits, means, log_scales = logits.double(), means.double(), log_scales.double()
    s = torch.exp(log_scales)
    a, b = (x[:, None] + 0.5 - means) / s, (x[:, None] - 0.5 - means) / s
    total = 0
    total = total + torch.where(x[:, None] < levels - 1, F.logsigmoid(a), torch.zeros_like(a))
    total = total + torch.where(x[:, None] > 0, F.logsigmoid(-b), torch.zeros_like(b))
    middle = (x[:, None] > 0) & (x[:, None] < levels - 1)
    total = total + torch.where(middle, torch.log(-torch.expm1(-1 / s)), torch.zeros_like(a))
    return torch.logsumexp(logits.log_softmax(1) + total, 1).to(dtype)
