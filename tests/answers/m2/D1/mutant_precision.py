# Takes log_scales for the logarithm of the precision root.
def mdn_nll(y, logits, means, log_scales):
    z = (y[:, None] - means) * torch.exp(log_scales)
    normal = (-0.5 * z**2 + log_scales - 0.5 * math.log(2 * math.pi)).sum(dim=2)
    weights = torch.log_softmax(logits, dim=1)
    return -torch.logsumexp(weights + normal, dim=1)
