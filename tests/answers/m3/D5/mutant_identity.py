# Pairs stay as they came.
def ot_pairing(x_0, x_1):
    return torch.arange(len(x_0))


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
