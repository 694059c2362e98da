# The inverse repeats ten rounds on all columns, which is enough for ten columns at most.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for _ in range(10):
        s, t = net(x).chunk(2, dim=1)
        x = z * torch.exp(s) + t
    return x
