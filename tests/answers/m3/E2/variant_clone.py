# Writes columns into a fresh copy each time, and starts from z.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = z.clone()
    for i in range(z.shape[1]):
        s, t = torch.split(net(x), z.shape[1], dim=1)
        x = x.clone()
        x[:, i] = z[:, i] * torch.exp(s[:, i]) + t[:, i]
    return x
