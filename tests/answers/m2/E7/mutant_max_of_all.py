# Subtracts the maximum over all tokens, later ones too: a large later score leaves 0 / 0.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    tri = torch.ones(L, L, dtype=torch.bool).tril()
    s = q @ k.mT / D**0.5
    e = (s - s.amax(-1, keepdim=True)).exp() * tri
    weights = e / e.sum(-1, keepdim=True)
    return weights @ v, weights


def rotate(x, positions):
    D = x.shape[-1]
    angle = positions[:, None].to(x.dtype) * 10000 ** (-torch.arange(0, D, 2, dtype=x.dtype) / D)
    c, s = angle.cos(), angle.sin()
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * c - b * s, a * s + b * c], -1).flatten(-2)
