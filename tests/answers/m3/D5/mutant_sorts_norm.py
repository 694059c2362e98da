# Both sides are sorted by their distance from the origin.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    indices = torch.empty(len(a), dtype=torch.long)
    indices[a.norm(dim=1).argsort()] = b.norm(dim=1).argsort()
    return indices


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
