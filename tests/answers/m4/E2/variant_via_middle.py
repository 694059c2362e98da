# Opposite items go through a random vector at right angles, by the same formula on both halves; times one by one.
def arc_between(u, v, share):
    cosine = (u * v).sum(-1, keepdim=True).clamp(-1.0, 1.0)
    omega = cosine.arccos()
    near = omega < 1e-4
    safe = torch.where(near, torch.ones_like(omega), omega)
    first = torch.where(near, 1 - share + 0 * omega, torch.sin((1 - share) * omega) / torch.sin(safe))
    second = torch.where(near, share + 0 * omega, torch.sin(share * omega) / torch.sin(safe))
    return first * u + second * v


def slerp(z_0, z_1, t):
    shape = z_0.shape
    p, q = z_0.flatten(start_dim=1), z_1.flatten(start_dim=1)
    size_p, size_q = torch.linalg.vector_norm(p, dim=1)[:, None], torch.linalg.vector_norm(q, dim=1)[:, None]
    u, v = p / size_p, q / size_q
    flip = torch.linalg.vector_norm(u + v, dim=1)[:, None] < 1e-3
    aside = torch.randn_like(u)
    aside = aside - (aside * u).sum(1, keepdim=True) * u
    aside = aside / torch.linalg.vector_norm(aside, dim=1)[:, None]
    path = []
    for share in t:
        around = arc_between(u, aside, 2 * share) if share <= 0.5 else arc_between(aside, -u, 2 * share - 1)
        path.append(((1 - share) * size_p + share * size_q) * torch.where(flip, around, arc_between(u, v, share)))
    return torch.stack(path).view(len(t), *shape)


def traverse(z, dim, values):
    chosen = torch.arange(z.shape[1], device=z.device) == dim
    return torch.where(chosen, values[:, None, None], z[None])
