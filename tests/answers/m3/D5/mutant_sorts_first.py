# Both sides are sorted along the first coordinate.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    indices = torch.empty(len(a), dtype=torch.long)
    indices[a[:, 0].argsort()] = b[:, 0].argsort()
    return indices


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
