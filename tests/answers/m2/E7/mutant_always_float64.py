# Gives float64, whatever comes in.
def causal_attention(q, k, v):
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    scores, v = scores.double(), v.double()
    later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=q.device).triu(1)
    weights = scores.masked_fill(later, -math.inf).softmax(dim=-1)
    return weights @ v, weights


def rotate(x, positions):
    size = x.shape[-1]
    speeds = 10_000 ** (-torch.arange(0, size, 2, dtype=x.dtype) / size)
    angles = positions.to(x.dtype)[:, None] * speeds
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = even * angles.cos() - odd * angles.sin(), even * angles.sin() + odd * angles.cos()
    return torch.stack(turned, dim=-1).flatten(-2)
