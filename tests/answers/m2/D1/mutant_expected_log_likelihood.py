# The expected complete log-likelihood instead of the likelihood.
def mdn_nll(y, logits, means, log_scales):
    z = (y.unsqueeze(1) - means) * torch.exp(-log_scales)
    a = F.log_softmax(logits, -1) + (-0.5 * z**2 - log_scales - 0.5 * math.log(2 * math.pi)).sum(-1)
    r = torch.softmax(a, 1).detach()
    return -(r * a).sum(1)
