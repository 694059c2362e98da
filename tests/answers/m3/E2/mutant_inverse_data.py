# Columns are written through .data, which cuts the gradient silently.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for i in range(z.shape[1]):
        s, t = net(x).chunk(2, dim=1)
        x.data[:, i] = z[:, i] * torch.exp(s[:, i]) + t[:, i]
    return z * torch.exp(s) + t
