# Greedy: the closest pair of all that is left is taken first.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    indices = torch.zeros(len(a), dtype=torch.long)
    for _ in range(len(a)):
        i, j = divmod(int(cost.argmin()), len(a))
        indices[i] = j
        cost[i], cost[:, j] = math.inf, math.inf
    return indices


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
