# Writes the moved columns into a copy.
def affine_coupling(x, net, split):
    z = x.clone()
    h = net(x[:, :split])
    n = x.size(1) - split
    z[:, split:] = x[:, split:] * torch.exp(h[:, :n]) + h[:, n:]
    return z, h[:, :n].sum(-1)


def affine_coupling_inverse(z, net, split):
    x = z.clone()
    h = net(z[:, :split])
    n = z.size(1) - split
    x[:, split:] = (z[:, split:] - h[:, n:]) * torch.exp(-h[:, :n])
    return x, -h[:, :n].sum(-1)
