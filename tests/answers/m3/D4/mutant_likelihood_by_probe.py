# The divergence in the likelihood is an estimate by one vector of ones.
def hutchinson_divergence(velocity, x, t, probe):
    x = x if x.requires_grad else x.detach().requires_grad_()
    v = velocity(x, t)
    product = torch.autograd.grad(v, x, probe, create_graph=True)[0]
    return (product * probe).flatten(1).sum(dim=1)


def cnf_log_prob(velocity, x, base_log_prob, steps):
    def slopes(x, time):
        x = x if x.requires_grad else x.detach().requires_grad_()
        v = velocity(x, x.new_full((x.shape[0],), time))
        flat, trace = v.flatten(1), 0
        row = torch.autograd.grad(flat.sum(), x, create_graph=True)[0]
        trace = row.flatten(1).sum(1)
        return v, trace

    h, a = -1 / steps, 0
    for step in range(steps):
        t = 1 + step * h
        v1, d1 = slopes(x, t)
        v2, d2 = slopes(x + h / 2 * v1, t + h / 2)
        v3, d3 = slopes(x + h / 2 * v2, t + h / 2)
        v4, d4 = slopes(x + h * v3, t + h)
        x = x + h / 6 * (v1 + 2 * v2 + 2 * v3 + v4)
        a = a + h / 6 * (d1 + 2 * d2 + 2 * d3 + d4)
    return base_log_prob(x) + a
