# Pairs only within chunks of eight items.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    parts = []
    for s in range(0, len(a), 8):
        cost = (a[s : s + 8, None] - b[None, s : s + 8]).square().sum(2)
        parts.append(s + torch.as_tensor(linear_sum_assignment(cost.numpy())[1]))
    return torch.cat(parts)


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
