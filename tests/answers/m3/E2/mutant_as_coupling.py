# z = x exp(s) + t, the direction of the coupling layer.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return x * torch.exp(s) + t, s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for i in range(z.shape[1]):
        s, t = net(x).chunk(2, dim=1)
        column = (z[:, i] - t[:, i]) * torch.exp(-s[:, i])
        x = torch.cat([x[:, :i], column[:, None], x[:, i + 1 :]], dim=1)
    return x
