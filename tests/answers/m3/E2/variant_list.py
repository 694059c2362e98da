# The known columns in a list, the unknown ones filled with zeros.
def affine_autoregressive(x, net):
    dim = x.shape[1]
    out = net(x)
    s, t = out[:, :dim], out[:, dim:]
    z = (x - t) / s.exp()
    return z, (-s).sum(-1)


def affine_autoregressive_inverse(z, net):
    batch, dim = z.shape
    known = []
    for i in range(dim):
        x = torch.cat([*known, z.new_zeros(batch, dim - i)], dim=1)
        out = net(x)
        known.append(z[:, i : i + 1] * out[:, i : i + 1].exp() + out[:, dim + i : dim + i + 1])
    return torch.cat(known, dim=1)
