# The square is expanded, which loses digits far from zero.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = (1 - time) * x_0 + time * x_1
    v = velocity(x_t, t)
    return (v**2 - 2 * v * x_1 + 2 * v * x_0 + x_1**2 - 2 * x_1 * x_0 + x_0**2).flatten(1).sum(dim=1)
