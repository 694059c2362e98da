# Any two exchange partners while that is cheaper: right for two points, a local optimum for more.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    indices, better = list(range(len(a))), True
    while better:
        better = False
        for i in range(len(a)):
            for j in range(i):
                if cost[i, indices[j]] + cost[j, indices[i]] < cost[i, indices[i]] + cost[j, indices[j]] - 1e-12:
                    indices[i], indices[j] = indices[j], indices[i]
                    better = True
    return torch.tensor(indices)


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
