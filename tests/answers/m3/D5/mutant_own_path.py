# The path is solved again from its start by Euler steps.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1])


def straightness(path, velocity):
    steps = len(path) - 1
    x, points = path[0], [path[0]]
    for k in range(steps):
        x = x + velocity(x, torch.full((path.shape[1],), k / steps, dtype=path.dtype)) / steps
        points.append(x)
    missed = [points[-1] - path[0] - velocity(points[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
