# Row by row, and a rotation matrix for each pair.
def causal_attention(q, k, v):
    rows, means = [], []
    length = q.shape[-2]
    for i in range(length):
        scores = (q[..., i : i + 1, :] * k[..., : i + 1, :]).sum(-1) * q.shape[-1] ** -0.5
        row = torch.softmax(scores, dim=-1)
        means.append((row[..., None] * v[..., : i + 1, :]).sum(-2))
        rows.append(torch.cat([row, torch.zeros(*row.shape[:-1], length - i - 1, dtype=q.dtype)], dim=-1))
    return torch.stack(means, dim=-2), torch.stack(rows, dim=-2)


def rotate(x, positions):
    size, columns = x.shape[-1], []
    for i in range(size // 2):
        angle = positions.to(x.dtype) * 10000.0 ** (-2 * i / size)
        c, s = torch.cos(angle), torch.sin(angle)
        columns += [x[..., 2 * i] * c - x[..., 2 * i + 1] * s, x[..., 2 * i] * s + x[..., 2 * i + 1] * c]
    return torch.stack(columns, dim=-1)
