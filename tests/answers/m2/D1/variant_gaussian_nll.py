# Gaussian_nll_loss with full constant and variance exp(2 s), eps = 0.
def mdn_nll(y, logits, means, log_scales):
    target = y[:, None, :].expand_as(means)
    v = torch.exp(2 * log_scales)
    nll = F.gaussian_nll_loss(means, target, v, full=True, eps=0.0, reduction="none").sum(-1)
    return -torch.logsumexp(torch.log_softmax(logits, 1) - nll, 1)
