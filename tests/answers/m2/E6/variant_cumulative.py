# Cumulative sums of outer products; a convolution by conv1d; whole tensors.
def _lift(x):
    return torch.where(x > 0, x + 1, torch.exp(torch.minimum(x, torch.zeros_like(x))))


def linear_attention(q, k, v):
    q, k = _lift(q), _lift(k)
    total = (k[..., :, None] * v[..., None, :]).cumsum(dim=1)
    norm = k.cumsum(dim=1)
    return (q[..., None, :] @ total)[..., 0, :] / (q * norm).sum(-1, keepdim=True)


def linear_attention_step(q, k, v, state):
    total, norm = state
    total = total + torch.bmm(_lift(k)[:, :, None], v[:, None, :])
    norm = norm + _lift(k)
    y = torch.bmm(_lift(q)[:, None, :], total)[:, 0] / torch.bmm(_lift(q)[:, None, :], norm[:, :, None])[:, 0]
    return y, [total, norm]


def state_space(u, a, b, c):
    length = u.shape[1]
    powers = [torch.ones_like(a)]
    for _ in range(length - 1):
        powers.append(powers[-1] * a)
    kernel = torch.stack(powers, dim=1).mul((b * c)[:, None]).sum(0)
    padded = torch.cat([torch.zeros_like(u)[:, : length - 1], u], dim=1)
    return F.conv1d(padded[:, None], kernel.flip(0)[None, None])[:, 0]


def state_space_step(u, state, a, b, c):
    x = torch.addcmul(torch.outer(u, b), state, a)
    return (x * c).sum(dim=-1), x
