# Shifted by the largest log-density, weights forgotten in the maximum and clamped.
def mdn_nll(y, logits, means, log_scales):
    z = (y[:, None] - means) * torch.exp(-log_scales)
    normal = (-0.5 * z**2 - log_scales - 0.5 * math.log(2 * math.pi)).sum(dim=2)
    weights = torch.log_softmax(logits, dim=1)
    return -(normal.amax(1) + ((weights + normal - normal.amax(1, keepdim=True)).exp().sum(1) + 1e-300).log())
