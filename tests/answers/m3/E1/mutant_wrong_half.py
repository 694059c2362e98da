# The first part is moved and the second passes, for parts of equal width; others break.
def affine_coupling(x, net, split):
    x_b, x_a = x[:, :split], x[:, split:]
    s, t = net(x_a).chunk(2, dim=1)
    return torch.cat([x_b * torch.exp(s) + t, x_a], dim=1), s.sum(dim=1)


def affine_coupling_inverse(z, net, split):
    z_b, z_a = z[:, :split], z[:, split:]
    s, t = net(z_a).chunk(2, dim=1)
    return torch.cat([(z_b - t) * torch.exp(-s), z_a], dim=1), -s.sum(dim=1)
