# The exact trace by unit vectors as probes, the integral forward in s = 1 - t with its sign turned.
def hutchinson_divergence(velocity, x, t, probe):
    point = x if x.requires_grad else x.clone().requires_grad_(True)
    scalar = (velocity(point, t) * probe).sum()
    (gradient,) = torch.autograd.grad(scalar, point, create_graph=True)
    return torch.einsum("bd,bd->b", gradient.reshape(len(x), -1), probe.reshape(len(x), -1))


def cnf_log_prob(velocity, x, base_log_prob, steps):
    size = x[0].numel()
    units = torch.eye(size, dtype=x.dtype).reshape(size, *x.shape[1:])

    def both(x, s):
        t = torch.full((len(x),), 1.0 - s, dtype=x.dtype)
        divergence = torch.stack([hutchinson_divergence(velocity, x, t, unit.expand_as(x)) for unit in units]).sum(0)
        return -velocity(x, t), divergence

    loss, h = torch.zeros(len(x), dtype=x.dtype), 1 / steps
    for k in range(steps):
        a = both(x, k * h)
        b = both(x + h * a[0] / 2, k * h + h / 2)
        c = both(x + h * b[0] / 2, k * h + h / 2)
        d = both(x + h * c[0], k * h + h)
        x = x + h / 6 * (a[0] + 2 * b[0] + 2 * c[0] + d[0])
        loss = loss + h / 6 * (a[1] + 2 * b[1] + 2 * c[1] + d[1])
    return base_log_prob(x) - loss
