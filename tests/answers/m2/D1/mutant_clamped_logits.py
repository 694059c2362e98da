# Logits clamped to ±50 against overflow.
def mdn_nll(y, logits, means, log_scales):
    z = (y.unsqueeze(1) - means) * torch.exp(-log_scales)
    comp = (-0.5 * z**2 - log_scales - 0.5 * math.log(2 * math.pi)).sum(-1)
    return -torch.logsumexp(F.log_softmax(logits.clamp(-50, 50), -1) + comp, dim=-1)
