# Images come back as vectors.
def slerp(z_0, z_1, t):
    a, b = z_0.reshape(len(z_0), -1), z_1.reshape(len(z_1), -1)
    long_a, long_b = a.norm(dim=1, keepdim=True), b.norm(dim=1, keepdim=True)
    u, v = a / long_a, b / long_b
    cos = (u * v).sum(1, keepdim=True).clamp(-1, 1)
    angle = torch.acos(cos)
    axis = F.one_hot(u.abs().argmin(1), u.shape[1]).to(u)
    side = axis - (axis * u).sum(1, keepdim=True) * u
    side = side / side.norm(dim=1, keepdim=True)
    opposite = (u + v).norm(dim=1, keepdim=True) < 1e-3
    parallel = (u - v).norm(dim=1, keepdim=True) < 1e-4
    t = t.reshape(-1, 1, 1)
    sine = torch.where(opposite | parallel, torch.ones_like(angle), torch.sin(angle))
    arc = (torch.sin((1 - t) * angle) * u + torch.sin(t * angle) * v) / sine
    half = torch.cos(math.pi * t) * u + torch.sin(math.pi * t) * side
    straight = (1 - t) * u + t * v
    way = torch.where(opposite, half, torch.where(parallel, straight, arc))
    length = (1 - t) * long_a + t * long_b
    return length * way


def traverse(z, dim, values):
    copies = z.unsqueeze(0).repeat(len(values), 1, 1)
    copies[:, :, dim] = values[:, None]
    return copies
