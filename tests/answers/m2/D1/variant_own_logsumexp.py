# The largest exponent of every item is taken out by hand.
def mdn_nll(y, logits, means, log_scales):
    a = logits - (0.5 * (y.unsqueeze(1) - means) ** 2 * torch.exp(-2 * log_scales) + log_scales + 0.5 * math.log(2 * math.pi)).sum(-1)
    m = a.max(dim=1, keepdim=True).values
    n = logits.max(dim=1, keepdim=True).values
    top = m[:, 0] + torch.log(torch.exp(a - m).sum(1))
    return n[:, 0] + torch.log(torch.exp(logits - n).sum(1)) - top
