# The target is the time derivative of the path, by torch.func.jvp.
def cfm_loss(velocity, x_0, x_1, t):
    def path(time):
        time = time.reshape(-1, *[1] * (x_0.ndim - 1))
        return x_0 * (1 - time) + x_1 * time

    x_t, target = torch.func.jvp(path, (t,), (torch.ones_like(t),))
    return (velocity(x_t, t) - target).pow(2).flatten(start_dim=1).sum(1)
