# The mean of logarithms instead of the logarithm of the mean.
def mdn_nll(y, logits, means, log_scales):
    z = (y[:, None] - means) * torch.exp(-log_scales)
    normal = (-0.5 * z**2 - log_scales - 0.5 * math.log(2 * math.pi)).sum(dim=2)
    torch.log_softmax(logits, dim=1)
    return -(torch.softmax(logits, 1) * normal).sum(dim=1)
