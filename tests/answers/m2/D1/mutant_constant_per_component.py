# The constant outside the sum over D: once per component.
def mdn_nll(y, logits, means, log_scales):
    z = (y.unsqueeze(1) - means) * torch.exp(-log_scales)
    comp = (-0.5 * z**2 - log_scales).sum(-1) - 0.5 * math.log(2 * math.pi)
    return -torch.logsumexp(F.log_softmax(logits, -1) + comp, dim=-1)
