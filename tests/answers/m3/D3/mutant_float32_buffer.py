# x_t is written into a float32 buffer.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = torch.empty(x_0.shape)
    x_t[:] = (1 - time) * x_0 + time * x_1
    x_t = x_t.to(x_0)
    error = velocity(x_t, t) - (x_1 - x_0)
    return error.square().flatten(1).sum(dim=1)
