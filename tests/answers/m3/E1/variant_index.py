# Slices by hand, and a copy of x into which the second part is written.
def affine_coupling(x, net, split):
    width = x.shape[1] - split
    out = net(x[:, :split])
    s, t = out[:, :width], out[:, width:]
    z = x.clone()
    z[:, split:] = x[:, split:] * s.exp() + t
    return z, s.sum(-1)


def affine_coupling_inverse(z, net, split):
    width = z.shape[1] - split
    out = net(z[:, :split])
    s, t = out[:, :width], out[:, width:]
    x = z.clone()
    x[:, split:] = (z[:, split:] - t) / s.exp()
    return x, (-s).sum(-1)
