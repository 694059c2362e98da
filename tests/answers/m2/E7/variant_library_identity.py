# The library attends, and its weights are what it makes of the identity as values.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    tri = torch.ones(L, L, dtype=torch.bool).tril()
    eye = torch.eye(L, dtype=q.dtype).expand(*q.shape[:-2], L, L)
    weights = F.scaled_dot_product_attention(q, k, eye, is_causal=True)
    return F.scaled_dot_product_attention(q, k, v, is_causal=True), weights


def rotate(x, positions):
    D = x.shape[-1]
    angle = positions[:, None].to(x.dtype) * 10000 ** (-torch.arange(0, D, 2, dtype=x.dtype) / D)
    c, s = angle.cos(), angle.sin()
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * c - b * s, a * s + b * c], -1).flatten(-2)
