# Everything in float64 and cast back; the angle by atan2; opposite items turn towards a neighbouring axis.
def slerp(z_0: Tensor, z_1: Tensor, t: Tensor, small: float = 1e-3) -> Tensor:
    kind, shape = z_0.dtype, z_0.shape
    z_0, z_1, t = z_0.double().flatten(1), z_1.double().flatten(1), t.double()
    r_0, r_1 = z_0.norm(dim=-1), z_1.norm(dim=-1)
    d_0, d_1 = z_0 / r_0[:, None], z_1 / r_1[:, None]
    toward = d_1.clone()
    for item in ((d_0 + d_1).norm(dim=-1) < small).nonzero()[:, 0].tolist():
        toward[item] = 0
        toward[item, int(d_0[item].abs().argmin())] = 1
    dot = torch.einsum("bd,bd->b", d_0, toward)[:, None]
    normal = toward - dot * d_0
    normal = F.normalize(normal, dim=1, eps=1e-300)
    angle = 2 * torch.atan2((d_0 - d_1).norm(dim=-1), (d_0 + d_1).norm(dim=-1))
    phase = torch.outer(t, angle)[..., None]
    radius = torch.outer(1 - t, r_0) + torch.outer(t, r_1)
    points = radius[..., None] * (phase.cos() * d_0 + phase.sin() * normal)
    return points.to(kind).unflatten(1, (shape[0],)).reshape(len(t), *shape)


def traverse(z: Tensor, dim: int, values: Tensor) -> Tensor:
    batch, size = z.shape
    result = torch.empty(len(values), batch, size, dtype=z.dtype, device=z.device)
    result[...] = z
    result.select(2, dim).copy_(values[:, None].expand(-1, batch))
    return result
