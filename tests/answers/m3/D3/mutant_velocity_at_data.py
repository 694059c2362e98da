# The network is asked at x_1.
def cfm_loss(velocity, x_0, x_1, t):
    error = velocity(x_1, t) - (x_1 - x_0)
    return error.square().flatten(1).sum(dim=1)
