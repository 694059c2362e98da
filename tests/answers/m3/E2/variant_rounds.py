# All columns in every round; after D rounds the last one is right.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for _ in range(z.shape[1]):
        s, t = net(x).chunk(2, dim=1)
        x = z * torch.exp(s) + t
    return x
