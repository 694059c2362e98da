# x_0 is overwritten with x_t.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    target = x_1 - x_0
    with torch.no_grad():
        x_0.mul_(1 - time).add_(time * x_1)
    x_t = x_0
    error = velocity(x_t, t) - target
    return error.square().flatten(1).sum(dim=1)
