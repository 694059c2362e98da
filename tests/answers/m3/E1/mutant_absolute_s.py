# Adds up the absolute values of the log-scales: "log abs det" misread.
def affine_coupling(x, net, split):
    x_a, x_b = x[:, :split], x[:, split:]
    s, t = net(x_a).chunk(2, dim=1)
    return torch.cat([x_a, x_b * s.exp() + t], dim=1), s.abs().sum(dim=1)


def affine_coupling_inverse(z, net, split):
    z_a, z_b = z[:, :split], z[:, split:]
    s, t = net(z_a).chunk(2, dim=1)
    return torch.cat([z_a, (z_b - t) / s.exp()], dim=1), -s.sum(dim=1)
