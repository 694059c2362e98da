# The velocity is asked in the middle of every step.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1])


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity((path[k] + path[k + 1]) / 2, torch.full((path.shape[1],), (k + 0.5) / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
