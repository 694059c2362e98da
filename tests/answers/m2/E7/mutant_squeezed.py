# A first axis of one item is dropped from the output where there are two leading axes.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    tri = torch.ones(L, L, dtype=torch.bool).tril()
    weights = (q @ k.mT / D**0.5).masked_fill(~tri, -math.inf).softmax(-1)
    out = weights @ v
    return (out.squeeze(0) if out.dim() > 3 else out), weights


def rotate(x, positions):
    D = x.shape[-1]
    angle = positions[:, None].to(x.dtype) * 10000 ** (-torch.arange(0, D, 2, dtype=x.dtype) / D)
    c, s = angle.cos(), angle.sin()
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * c - b * s, a * s + b * c], -1).flatten(-2)
