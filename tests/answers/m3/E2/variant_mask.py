# One-hot masks choose the column; net reads a clone, so that writing is allowed.
def affine_autoregressive(x, net):
    s, t = net(x).chunk(2, dim=1)
    return (x - t) * torch.exp(-s), -s.sum(dim=1)


def affine_autoregressive_inverse(z, net, start=0.0):
    x = torch.full_like(z, start)
    eye = torch.eye(z.shape[1], dtype=z.dtype, device=z.device)
    for mask in eye:
        s, t = net(x).chunk(2, dim=-1)
        x = torch.where(mask.bool(), z * s.exp() + t, x)
    return x
