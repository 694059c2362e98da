# The network is given the times in the wrong order.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = (1 - time) * x_0 + time * x_1
    error = velocity(x_t, t.flip(0)) - (x_1 - x_0)
    return error.square().flatten(1).sum(dim=1)
