# The density asks the network once for every column.
def affine_autoregressive(x, net):
    zs, total = [], 0
    for i in range(x.shape[1]):
        s, t = net(x).chunk(2, dim=1)
        zs.append((x[:, i] - t[:, i]) * torch.exp(-s[:, i]))
        total = total - s[:, i]
    return torch.stack(zs, dim=1), total


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for i in range(z.shape[1]):
        s, t = net(x).chunk(2, dim=1)
        column = z[:, i] * torch.exp(s[:, i]) + t[:, i]
        x = torch.cat([x[:, :i], column[:, None], x[:, i + 1 :]], dim=1)
    return x
