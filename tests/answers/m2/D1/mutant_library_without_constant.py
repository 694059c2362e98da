# The library's gaussian nll without the constant.
def mdn_nll(y, logits, means, log_scales):
    target = y[:, None, :].expand_as(means)
    nll = F.gaussian_nll_loss(means, target, torch.exp(2 * log_scales), eps=0, reduction="none").sum(-1)
    return -torch.logsumexp(torch.log_softmax(logits, 1) - nll, 1)
