# The loss is weighted by 1 / (1 - t), as for a prediction of the data.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = (1 - time) * x_0 + time * x_1
    error = velocity(x_t, t) - (x_1 - x_0)
    return error.square() / (1 - time + 1e-5).flatten(1).sum(dim=1)
