# A mask and padded log-scales, as with binary masks.
def affine_coupling(x, net, split):
    s, t = net(x[:, :split]).chunk(2, dim=1)
    pad = x.new_zeros(x.shape[0], split)
    s, t = torch.cat([pad, s], 1), torch.cat([pad, t], 1)
    return torch.exp(s) * x + t, s.sum(1)


def affine_coupling_inverse(z, net, split):
    s, t = net(z[:, :split]).chunk(2, dim=1)
    pad = z.new_zeros(z.shape[0], split)
    s, t = torch.cat([pad, s], 1), torch.cat([pad, t], 1)
    return torch.exp(-s) * (z - t), -torch.sum(s, dim=1)
