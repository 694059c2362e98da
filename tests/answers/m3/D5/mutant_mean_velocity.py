# The velocities are averaged over the steps before they are compared.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1])


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    mean = sum(velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)) / steps
    return (whole - mean).square().sum() / path.shape[1]
