# Neighbours exchange partners where that is cheaper: a local optimum.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    indices = list(range(len(a)))
    for _ in range(20):
        for i in range(len(a) - 1):
            j = i + 1
            if cost[i, indices[j]] + cost[j, indices[i]] < cost[i, indices[i]] + cost[j, indices[j]]:
                indices[i], indices[j] = indices[j], indices[i]
    return torch.tensor(indices)


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
