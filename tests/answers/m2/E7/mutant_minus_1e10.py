# Scores of later tokens become -1e10, which the scores of earlier ones can be, too.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    tri = torch.ones(L, L, dtype=torch.bool).tril()
    weights = (q @ k.mT / D**0.5).masked_fill(~tri, -1e10).softmax(-1)
    return weights @ v, weights


def rotate(x, positions):
    D = x.shape[-1]
    angle = positions[:, None].to(x.dtype) * 10000 ** (-torch.arange(0, D, 2, dtype=x.dtype) / D)
    c, s = angle.cos(), angle.sin()
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * c - b * s, a * s + b * c], -1).flatten(-2)
