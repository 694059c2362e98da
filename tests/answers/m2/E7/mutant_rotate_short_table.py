# Positions beyond 4096 are treated as 4096.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    scores = q @ k.transpose(-2, -1) / D**0.5
    mask = torch.triu(torch.ones(L, L, dtype=torch.bool, device=q.device), 1)
    weights = scores.masked_fill(mask, float("-inf")).softmax(-1)
    return weights @ v, weights


def rotate(x, positions):
    L, D = x.shape[-2:]
    speed = 10000 ** (-torch.arange(0, D, 2, dtype=x.dtype) / D)
    angle = positions.clamp(-4096, 4096)[:, None].to(x.dtype) * speed
    c, s = angle.cos(), angle.sin()
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * c - b * s, a * s + b * c], -1).flatten(-2)
