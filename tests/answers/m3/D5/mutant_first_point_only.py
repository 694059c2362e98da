# Only the first point is looked at.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1])


def straightness(path, velocity):
    missed = path[-1] - path[0] - velocity(path[0], torch.zeros(path.shape[1], dtype=path.dtype))
    return missed.square().sum() / path.shape[1]
