# No mask at all.
def causal_attention(q, k, v):
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    weights = scores.softmax(dim=-1)
    return weights @ v, weights


def rotate(x, positions):
    size = x.shape[-1]
    speeds = 10_000 ** (-torch.arange(0, size, 2, dtype=x.dtype) / size)
    angles = positions.to(x.dtype)[:, None] * speeds
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = even * angles.cos() - odd * angles.sin(), even * angles.sin() + odd * angles.cos()
    return torch.stack(turned, dim=-1).flatten(-2)
