# Samples in one pass, with s and t computed from z.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    s, t = net(z).chunk(2, dim=1)
    return z * torch.exp(s) + t
