# cdist as it comes, which expands the square for more than 25 points.
def ot_pairing(x_0, x_1):
    cost = torch.cdist(x_0.detach().flatten(1), x_1.detach().flatten(1)).square()
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1])


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
