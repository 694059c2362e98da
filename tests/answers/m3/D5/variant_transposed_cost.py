# The cost with data in the rows, and the way back from its solution.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().flatten(1), x_1.detach().flatten(1)
    cost = (b[:, None] - a[None]).square().sum(2)
    _, columns = linear_sum_assignment(cost.numpy())
    return torch.as_tensor(columns).argsort()


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
