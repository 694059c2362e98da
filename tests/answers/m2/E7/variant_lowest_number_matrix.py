# The lowest float in place of minus infinity; block-diagonal rotation matrices.
def causal_attention(q, k, v):
    scores = torch.einsum("...id,...jd->...ij", q, k) / math.sqrt(k.size(-1))
    mask = torch.tril(torch.ones_like(scores)) == 0
    scores = scores.masked_fill(mask, torch.finfo(scores.dtype).min)
    shifted = scores - scores.max(dim=-1, keepdim=True).values.detach()
    weights = shifted.exp()
    weights = weights / weights.sum(-1, keepdim=True)
    return weights.matmul(v), weights


def rotate(x, positions):
    size = x.shape[-1]
    matrices = []
    for p in positions.tolist():
        blocks = []
        for i in range(size // 2):
            a = p * 10000 ** (-2 * i / size)
            blocks.append(torch.tensor([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]], dtype=x.dtype))
        matrices.append(torch.block_diag(*blocks))
    return (torch.stack(matrices) @ x[..., None])[..., 0]
