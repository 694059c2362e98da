# The first column is taken over unchanged.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.cat([z[:, :1], torch.zeros_like(z[:, 1:])], dim=1)
    for i in range(1, z.shape[1]):
        s, t = net(x).chunk(2, dim=1)
        column = z[:, i] * torch.exp(s[:, i]) + t[:, i]
        x = torch.cat([x[:, :i], column[:, None], x[:, i + 1 :]], dim=1)
    return x
