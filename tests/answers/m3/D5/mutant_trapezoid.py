# The trapezoid rule: ends count half.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1])


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = torch.stack([whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps + 1)])
    weights = torch.ones(steps + 1, dtype=path.dtype)
    weights[0] = weights[-1] = 0.5
    return (missed.square().flatten(2).sum(2) * weights[:, None]).sum() / (steps * path.shape[1])
