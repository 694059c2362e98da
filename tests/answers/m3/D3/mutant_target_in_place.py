# x_1 is overwritten with the target.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = (1 - time) * x_0 + time * x_1
    x_t = x_t.clone()
    x_1 -= x_0
    error = velocity(x_t, t) - x_1
    return error.square().flatten(1).sum(dim=1)
