# The target is scaled to unit length.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = (1 - time) * x_0 + time * x_1
    target = x_1 - x_0
    error = velocity(x_t, t) - target / target.flatten(1).norm(dim=1).clamp(min=1e-12).reshape(time.shape)
    return error.square().flatten(1).sum(dim=1)
