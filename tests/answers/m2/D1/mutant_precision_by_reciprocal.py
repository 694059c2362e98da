# The precision as the reciprocal of the variance: right values, gradients without end at tiny widths.
def mdn_nll(y, logits, means, log_scales):
    precision = torch.exp(2 * log_scales).reciprocal()
    log_normal = -0.5 * (y[:, None] - means) ** 2 * precision - log_scales - 0.5 * math.log(2 * math.pi)
    return -torch.logsumexp(F.log_softmax(logits, dim=1) + log_normal.sum(dim=2), dim=1)
