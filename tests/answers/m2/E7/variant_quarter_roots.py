# Queries and keys are each divided by the fourth root of D.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    tri = torch.ones(L, L, dtype=torch.bool).tril()
    scores = (q * D**-0.25) @ (k * D**-0.25).mT
    weights = scores.where(tri, torch.finfo(q.dtype).min).softmax(-1)
    return weights.matmul(v), weights


def rotate(x, positions):
    D = x.shape[-1]
    angle = positions[:, None].to(x.dtype) * 10000 ** (-torch.arange(0, D, 2, dtype=x.dtype) / D)
    c, s = angle.cos(), angle.sin()
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * c - b * s, a * s + b * c], -1).flatten(-2)
