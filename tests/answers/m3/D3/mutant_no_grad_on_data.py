# No graph is kept when the noise requires no gradient, so that nothing trains.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    with torch.set_grad_enabled(x_0.requires_grad):
        error = velocity((1 - time) * x_0 + time * x_1, t) - (x_1 - x_0)
    return error.square().flatten(1).sum(dim=1)
