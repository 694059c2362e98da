# Shifts only.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return x - t, 0 * s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for i in range(z.shape[1]):
        _, t = net(x).chunk(2, dim=1)
        column = z[:, i] + t[:, i]
        x = torch.cat([x[:, :i], column[:, None], x[:, i + 1 :]], dim=1)
    return x
