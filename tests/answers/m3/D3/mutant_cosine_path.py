# A trigonometric path with the target of the straight one.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = torch.cos(math.pi / 2 * time) * x_0 + torch.sin(math.pi / 2 * time) * x_1
    error = velocity(x_t, t) - (x_1 - x_0)
    return error.square().flatten(1).sum(dim=1)
