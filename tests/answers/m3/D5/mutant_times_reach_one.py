# Times from 0 to 1 in T values, so the last one is 1.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1])


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    times = torch.linspace(0, 1, steps, dtype=path.dtype)
    missed = [whole - velocity(path[k], times[k].expand(path.shape[1])) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
