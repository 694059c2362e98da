# The batch axis is moved to the end, where t broadcasts by itself.
def cfm_loss(velocity, x_0, x_1, t):
    a, b = x_0.movedim(0, -1), x_1.movedim(0, -1)
    x_t = ((1 - t) * a + t * b).movedim(-1, 0)
    return torch.sum((velocity(x_t, t) - (x_1 - x_0)) ** 2, dim=tuple(range(1, x_0.ndim)))
