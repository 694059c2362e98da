# The network is read as shifts first, then log-scales.
def affine_autoregressive(x, net):
    t, s = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for i in range(z.shape[1]):
        t, s = net(x).chunk(2, dim=1)
        column = z[:, i] * torch.exp(s[:, i]) + t[:, i]
        x = torch.cat([x[:, :i], column[:, None], x[:, i + 1 :]], dim=1)
    return x
