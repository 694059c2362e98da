# Joins the leading axes by view, which heads that were moved beside each other do not allow.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    scores = q @ k.transpose(-2, -1) / D**0.5
    mask = torch.triu(torch.ones(L, L, dtype=torch.bool, device=q.device), 1)
    weights = scores.masked_fill(mask, float("-inf")).softmax(-1)
    return weights @ v, weights


def rotate(x, positions):
    L, D = x.shape[-2:]
    angle = positions[:, None].to(x.dtype) * 10000 ** (-torch.arange(0, D, 2, dtype=x.dtype) / D)
    c, s = angle.cos(), angle.sin()
    a, b = x.view(-1, L, D // 2, 2).unbind(-1)
    return torch.stack([a * c - b * s, a * s + b * c], -1).view(x.shape)
