# s and t of the column before are used.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for i in range(z.shape[1]):
        s, t = net(x).chunk(2, dim=1)
        column = z[:, i] * torch.exp(s[:, i - 1]) + t[:, i - 1]
        x = torch.cat([x[:, :i], column[:, None], x[:, i + 1 :]], dim=1)
    return x
