# Neighbours are paired, but the angles are laid out for halves.
def causal_attention(q, k, v):
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=q.device).triu(1)
    weights = scores.masked_fill(later, -math.inf).softmax(dim=-1)
    return weights @ v, weights


def rotate(x, positions):
    size = x.shape[-1]
    speeds = 10_000 ** (-torch.arange(0, size, 2, dtype=x.dtype) / size)
    angles = positions.to(x.dtype)[:, None] * torch.cat([speeds, speeds])
    swapped = torch.stack([-x[..., 1::2], x[..., ::2]], dim=-1).flatten(-2)
    return x * angles.cos() + swapped * angles.sin()
