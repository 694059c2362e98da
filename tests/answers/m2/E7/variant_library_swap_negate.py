# torch's own attention for the output; cosines and sines repeated, with the pairs exchanged and negated.
def causal_attention(q, k, v, scale=None):
    length = q.shape[-2]
    scale = q.shape[-1] ** -0.5 if scale is None else scale
    scores = torch.matmul(q * scale, k.mT)
    allowed = torch.arange(length)[:, None] >= torch.arange(length)
    weights = torch.where(allowed, scores, torch.tensor(float("-inf"), dtype=q.dtype)).softmax(-1)
    out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    return out, weights


def rotate(x, positions):
    size = x.shape[-1]
    speeds = 1.0 / (10000.0 ** (torch.arange(0, size, 2).to(x.dtype) / size))
    angles = (positions[:, None] * speeds[None]).repeat_interleave(2, dim=-1)
    swapped = torch.stack([-x[..., 1::2], x[..., ::2]], dim=-1).reshape(x.shape)
    return x * angles.cos() + swapped * angles.sin()
