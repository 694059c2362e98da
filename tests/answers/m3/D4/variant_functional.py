# Products and Jacobians by torch.autograd.functional.
def hutchinson_divergence(velocity, x, t, probe):
    _, product = torch.autograd.functional.vjp(lambda y: velocity(y, t), x, probe, create_graph=True)
    return (product * probe).reshape(x.shape[0], -1).sum(-1)


def cnf_log_prob(velocity, x, base_log_prob, steps):
    def divergence(x, t):
        rows = torch.autograd.functional.jacobian(lambda y: velocity(y, t).flatten(1).sum(0), x, create_graph=True)  # (D, B, ...)
        return rows.flatten(2).diagonal(dim1=0, dim2=2).sum(-1)

    log_det, h = 0, 1.0 / steps
    for k in reversed(range(steps)):
        late, half, early = (x.new_full((len(x),), time) for time in ((k + 1) * h, (k + 0.5) * h, k * h))
        v1, d1 = velocity(x, late), divergence(x, late)
        x2 = x - 0.5 * h * v1
        v2, d2 = velocity(x2, half), divergence(x2, half)
        x3 = x - 0.5 * h * v2
        v3, d3 = velocity(x3, half), divergence(x3, half)
        x4 = x - h * v3
        v4, d4 = velocity(x4, early), divergence(x4, early)
        x = x - h * (v1 + 2 * v2 + 2 * v3 + v4) / 6
        log_det = log_det - h * (d1 + 2 * d2 + 2 * d3 + d4) / 6
    return base_log_prob(x) + log_det
