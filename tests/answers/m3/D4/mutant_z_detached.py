# The base density sees a detached point.
def hutchinson_divergence(velocity, x, t, probe):
    if not x.requires_grad:
        x = x.clone().requires_grad_(True)
    v = velocity(x, t)
    (g,) = torch.autograd.grad(v, x, grad_outputs=probe, create_graph=True)
    return (g * probe).reshape(len(x), -1).sum(1)


def exact_div(velocity, x, t):
    D = x[0].numel()
    total = 0
    for i in range(D):
        e = torch.zeros(D, dtype=x.dtype, device=x.device)
        e[i] = 1
        total = total + hutchinson_divergence(velocity, x, t, e.reshape(x.shape[1:]).expand(x.shape))
    return total


def cnf_log_prob(velocity, x, base_log_prob, steps):
    h = -1.0 / steps
    a = torch.zeros(len(x), dtype=x.dtype, device=x.device)
    for k in range(steps):
        t = torch.full((len(x),), 1 + k * h, dtype=x.dtype, device=x.device)
        k1, d1 = velocity(x, t), exact_div(velocity, x, t)
        y = x + h / 2 * k1
        k2, d2 = velocity(y, t + h / 2), exact_div(velocity, y, t + h / 2)
        y = x + h / 2 * k2
        k3, d3 = velocity(y, t + h / 2), exact_div(velocity, y, t + h / 2)
        y = x + h * k3
        k4, d4 = velocity(y, t + h), exact_div(velocity, y, t + h)
        x = x + h * (k1 + 2 * k2 + 2 * k3 + k4) / 6
        a = a + h * (d1 + 2 * d2 + 2 * d3 + d4) / 6
    return base_log_prob(x.detach()) + a
