# Items whose cosine is below -0.9999 count as opposite, ten times as far from it as the border.
def slerp(z_0, z_1, t):
    a, b = z_0.flatten(1), z_1.flatten(1)
    long_a, long_b = a.norm(dim=1, keepdim=True), b.norm(dim=1, keepdim=True)
    u, v = a / long_a, b / long_b
    opposite = (u * v).sum(dim=1, keepdim=True) < -0.9999
    angle = 2 * torch.atan2((u - v).norm(dim=1, keepdim=True), (u + v).norm(dim=1, keepdim=True))
    angle = torch.where(opposite, torch.full_like(angle, math.pi), angle)
    side = torch.where(opposite, F.one_hot(u.abs().argmin(dim=1), u.shape[1]).to(u), v)
    side = side - (side * u).sum(dim=1, keepdim=True) * u
    side = side / side.norm(dim=1, keepdim=True).clamp(min=1e-30)
    t = t[:, None, None]
    path = ((1 - t) * long_a + t * long_b) * (torch.cos(t * angle) * u + torch.sin(t * angle) * side)
    return path.reshape(len(t), *z_0.shape)


def traverse(z, dim, values):
    copies = z.repeat(len(values), 1, 1)
    copies[:, :, dim] = values[:, None]
    return copies
