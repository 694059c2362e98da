# The inverse overwrites z.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    with torch.no_grad():
        for i in range(z.shape[1]):
            s, t = net(z).chunk(2, dim=1)
            z[:, i] = z[:, i] * torch.exp(s[:, i]) + t[:, i]
    return z
