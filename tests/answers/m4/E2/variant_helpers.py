# Helpers of its own, with names that a test could take for itself; the angle by atan2.
def length(z):
    return z.norm(dim=1, keepdim=True)


def _unit(z):
    return z / length(z)


def angle(u, v):
    return 2 * torch.atan2(length(u - v), length(u + v))


def _turn(u, v, t):
    omega = angle(u, v)
    return torch.where(torch.sin(omega) < 1e-9, (1 - t) * u + t * v, (torch.sin((1 - t) * omega) * u + torch.sin(t * omega) * v) / torch.sin(omega))


def half(u, t):
    other = F.one_hot(u.abs().argmin(dim=1), u.shape[1]).to(u)
    other = _unit(other - (other * u).sum(dim=1, keepdim=True) * u)
    return torch.cos(math.pi * t) * u + torch.sin(math.pi * t) * other


def slerp(z_0, z_1, t):
    a, b = z_0.flatten(1), z_1.flatten(1)
    u, v, s = _unit(a), _unit(b), t[:, None, None]
    path = torch.where(length(u + v) < 1e-3, half(u, s), _turn(u, v, s)) * ((1 - s) * length(a) + s * length(b))
    return path.reshape(len(t), *z_0.shape)


def traverse(z, dim, values):
    return torch.stack([torch.where(torch.arange(z.shape[1]) == dim, value, z) for value in values])
