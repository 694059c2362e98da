# The logarithm of the product of the scales, which underflows or overflows where the sum of s is harmless.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    scale = torch.exp(-s)
    return (x - t) * scale, scale.prod(dim=1).log()


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for i in range(z.shape[1]):
        s, t = net(x).chunk(2, dim=1)
        column = z[:, i] * torch.exp(s[:, i]) + t[:, i]
        x = torch.cat([x[:, :i], column[:, None], x[:, i + 1 :]], dim=1)
    return x
