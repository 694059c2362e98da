# The scale is the softplus of s.
def affine_coupling(x, net, split):
    x_a, x_b = x[:, :split], x[:, split:]
    s, t = net(x_a).chunk(2, dim=1)
    return torch.cat([x_a, x_b * torch.nn.functional.softplus(s) + t], dim=1), torch.nn.functional.softplus(s).log().sum(dim=1)


def affine_coupling_inverse(z, net, split):
    z_a, z_b = z[:, :split], z[:, split:]
    s, t = net(z_a).chunk(2, dim=1)
    return torch.cat([z_a, (z_b - t) / torch.nn.functional.softplus(s)], dim=1), -torch.nn.functional.softplus(s).log().sum(dim=1)
