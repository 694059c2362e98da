# One state that holds the point and the integral, and a full Jacobian by vmap.
def jacobians(velocity, x, t):
    def flat(item, time):
        return velocity(item[None], time[None])[0].flatten()

    return torch.func.vmap(torch.func.jacrev(flat))(x, t).flatten(2)


def hutchinson_divergence(velocity, x, t, probe):
    flat = probe.flatten(1)
    return torch.einsum("bd,bde,be->b", flat, jacobians(velocity, x, t), flat)


def cnf_log_prob(velocity, x, base_log_prob, steps):
    shape, h = x.shape, 1 / steps

    def joint(state, time):
        y, t = state[:, :-1].reshape(shape), state.new_full((shape[0],), time)
        trace = jacobians(velocity, y, t).diagonal(dim1=1, dim2=2).sum(1)
        return torch.cat([velocity(y, t).flatten(1), trace[:, None]], dim=1)

    state = torch.cat([x.flatten(1), x.new_zeros(shape[0], 1)], dim=1)
    for k in range(steps):
        t = 1 - k * h
        k1 = joint(state, t)
        k2 = joint(state - h / 2 * k1, t - h / 2)
        k3 = joint(state - h / 2 * k2, t - h / 2)
        k4 = joint(state - h * k3, t - h)
        state = state - h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return base_log_prob(state[:, :-1].reshape(shape)) + state[:, -1]
