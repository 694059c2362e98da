# torch.split for both parts, and torch.addcmul for the affine map.
def affine_coupling(x, net, split):
    first, second = torch.split(x, [split, x.shape[1] - split], dim=1)
    log_scale, shift = torch.split(net(first), second.shape[1], dim=1)
    return torch.hstack([first, torch.addcmul(shift, second, log_scale.exp())]), torch.einsum("bd->b", log_scale)


def affine_coupling_inverse(z, net, split):
    first, second = torch.split(z, [split, z.shape[1] - split], dim=1)
    log_scale, shift = torch.split(net(first), second.shape[1], dim=1)
    return torch.hstack([first, (second - shift).div(log_scale.exp())]), torch.einsum("bd->b", log_scale).neg()
