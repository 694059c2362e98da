# The network is asked at x_0.
def cfm_loss(velocity, x_0, x_1, t):
    error = velocity(x_0, t) - (x_1 - x_0)
    return error.square().flatten(1).sum(dim=1)
