# Weights times the product of densities, then the logarithm.
def mdn_nll(y, logits, means, log_scales):
    z = (y[:, None] - means) * torch.exp(-log_scales)
    normal = (torch.exp(-0.5 * z**2) / (torch.exp(log_scales) * math.sqrt(2 * math.pi))).prod(dim=2)
    weights = torch.softmax(logits, dim=1)
    return -torch.log((weights * normal).sum(dim=1))
