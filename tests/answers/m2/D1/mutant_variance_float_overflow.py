# The densities are formed first, the logarithm of each is taken after.
def mdn_nll(y, logits, means, log_scales):
    z = (y[:, None] - means) * torch.exp(-log_scales)
    normal = (torch.exp(-0.5 * z**2) / (torch.exp(log_scales) * math.sqrt(2 * math.pi))).log().sum(dim=2)
    weights = torch.log_softmax(logits, dim=1)
    return -torch.logsumexp(weights + normal, dim=1)
