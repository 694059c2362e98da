# The first time serves for the whole batch.
def cfm_loss(velocity, x_0, x_1, t):
    time = t[0]
    x_t = (1 - time) * x_0 + time * x_1
    error = velocity(x_t, t[:1].expand(len(x_0))) - (x_1 - x_0)
    return error.square().flatten(1).sum(dim=1)
