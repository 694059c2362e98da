# Log of softmax guarded by the smallest float.
def mdn_nll(y, logits, means, log_scales):
    z = (y.unsqueeze(1) - means) * torch.exp(-log_scales)
    comp = (-0.5 * z**2 - log_scales - 0.5 * math.log(2 * math.pi)).sum(-1)
    w = torch.softmax(logits, 1).clamp_min(torch.finfo(logits.dtype).tiny)
    return -torch.logsumexp(w.log() + comp, dim=-1)
