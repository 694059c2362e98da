# s and t are read from alternating columns.
def affine_coupling(x, net, split):
    x_a, x_b = x[:, :split], x[:, split:]
    out = net(x_a)
    s, t = out[:, ::2], out[:, 1::2]
    return torch.cat([x_a, x_b * torch.exp(s) + t], dim=1), s.sum(dim=1)


def affine_coupling_inverse(z, net, split):
    z_a, z_b = z[:, :split], z[:, split:]
    out = net(z_a)
    s, t = out[:, ::2], out[:, 1::2]
    return torch.cat([z_a, (z_b - t) * torch.exp(-s)], dim=1), -s.sum(dim=1)
