# Adds up the absolute values of the log-scales: "log abs det" misread.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) / s.exp(), -s.abs().sum(1)


def affine_autoregressive_inverse(z, net):
    _B, D = z.shape
    cols = []
    for i in range(D):
        known = torch.stack(cols + [torch.zeros_like(z[:, 0])] * (D - i), dim=1)
        s, t = net(known).chunk(2, dim=1)
        cols.append(z[:, i] * s[:, i].exp() + t[:, i])
    return torch.stack(cols, dim=1)
