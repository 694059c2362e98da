# Path and target both run from data to noise.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = time * x_0 + (1 - time) * x_1
    error = velocity(x_t, t) - (x_0 - x_1)
    return error.square().flatten(1).sum(dim=1)
