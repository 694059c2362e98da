# The straight line for all angles below a thousandth.
def slerp(z_0: Tensor, z_1: Tensor, t: Tensor) -> Tensor:
    a, b = z_0.reshape(len(z_0), -1), z_1.reshape(len(z_1), -1)
    la, lb = a.norm(dim=1, keepdim=True), b.norm(dim=1, keepdim=True)
    u, v = a / la, b / lb
    cos = (u * v).sum(dim=1, keepdim=True).clamp(-1, 1)
    omega = torch.acos(cos)
    # opposite: any direction at right angles to u
    other = torch.zeros_like(u)
    other.scatter_(1, u.abs().argmin(dim=1, keepdim=True), 1.0)
    other = other - (other * u).sum(dim=1, keepdim=True) * u
    other = other / other.norm(dim=1, keepdim=True)
    opposite = (u + v).norm(dim=1, keepdim=True) < 1e-3
    t = t[:, None, None]
    length = (1 - t) * la + t * lb
    s = torch.sin(omega)
    w0, w1 = torch.sin((1 - t) * omega) / s, torch.sin(t * omega) / s
    parallel = s < 1e-7
    w0, w1 = torch.where(parallel, 1 - t, w0), torch.where(parallel, t, w1)
    direction = w0 * u + w1 * v
    half = torch.cos(t * math.pi) * u + torch.sin(t * math.pi) * other
    direction = torch.where(opposite, half, direction)
    out = torch.where(omega < 1e-3, (1 - t) * a + t * b, length * direction)
    return out.reshape(len(t), *z_0.shape)


def traverse(z: Tensor, dim: int, values: Tensor) -> Tensor:
    out = z.repeat(len(values), 1, 1)
    out[:, :, dim] = values[:, None]
    return out
