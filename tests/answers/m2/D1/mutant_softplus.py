# Scale by softplus.
def mdn_nll(y, logits, means, log_scales):
    s = F.softplus(log_scales)
    z = (y.unsqueeze(1) - means) / s
    comp = (-0.5 * z**2 - s.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return -torch.logsumexp(F.log_softmax(logits, -1) + comp, dim=-1)
