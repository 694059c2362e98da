# The Huber loss stands for the square.
def cfm_loss(velocity, x_0, x_1, t):
    time = t.reshape(-1, *[1] * (x_0.ndim - 1))
    x_t = (1 - time) * x_0 + time * x_1
    error = torch.nn.functional.huber_loss(velocity(x_t, t), x_1 - x_0, reduction="none")
    return error.flatten(1).sum(dim=1)
