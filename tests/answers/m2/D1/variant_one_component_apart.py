# A single component is a plain Gaussian, whatever its logit.
def mdn_nll(y, logits, means, log_scales):
    error = (y[:, None] - means) / torch.exp(log_scales)
    log_normal = -(0.5 * error**2 + log_scales + 0.5 * math.log(2 * math.pi)).sum(dim=2)
    if means.shape[1] == 1:
        return -log_normal[:, 0]
    return torch.logsumexp(logits, dim=1) - torch.logsumexp(logits + log_normal, dim=1)
