# The velocity is not asked: the steps of the path stand for it.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1])


def straightness(path, velocity):
    steps = len(path) - 1
    missed = (path[-1] - path[0]) - (path[1:] - path[:-1]) * steps
    return missed.square().sum() / (steps * path.shape[1]) + 0 * velocity(path[0], torch.zeros(path.shape[1], dtype=path.dtype)).sum()
