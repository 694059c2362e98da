# Pair by pair, with angles computed in Python.
def causal_attention(q, k, v):
    L, D = q.shape[-2:]
    scores = q @ k.transpose(-2, -1) / D**0.5
    mask = torch.triu(torch.ones(L, L, dtype=torch.bool, device=q.device), 1)
    weights = scores.masked_fill(mask, float("-inf")).softmax(-1)
    return weights @ v, weights


def rotate(x, positions):
    L, D = x.shape[-2:]
    out = torch.empty_like(x)
    for i in range(D // 2):
        a = torch.tensor([p * 10000 ** (-2 * i / D) for p in positions.tolist()], dtype=x.dtype)
        out[..., 2 * i] = x[..., 2 * i] * a.cos() - x[..., 2 * i + 1] * a.sin()
        out[..., 2 * i + 1] = x[..., 2 * i] * a.sin() + x[..., 2 * i + 1] * a.cos()
    return out
