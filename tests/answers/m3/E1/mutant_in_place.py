# x is overwritten.
def affine_coupling(x, net, split):
    s, t = net(x[:, :split].clone()).chunk(2, dim=1)
    with torch.no_grad():
        x[:, split:] = x[:, split:] * torch.exp(s) + t
    return x, s.sum(dim=1)


def affine_coupling_inverse(z, net, split):
    z_a, z_b = z[:, :split], z[:, split:]
    s, t = net(z_a).chunk(2, dim=1)
    return torch.cat([z_a, (z_b - t) * torch.exp(-s)], dim=1), -s.sum(dim=1)
