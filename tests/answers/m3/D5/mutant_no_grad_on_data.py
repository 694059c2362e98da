# The straightness keeps no graph when the path requires no gradient.
def ot_pairing(x_0, x_1):
    a, b = (x.detach().double().flatten(1) for x in (x_0, x_1))
    cost = (a[:, None] - b).square().sum(2)
    return torch.as_tensor(linear_sum_assignment(cost.numpy())[1], dtype=torch.long)


def straightness(path, velocity):
    steps, batch = len(path) - 1, path.shape[1]
    with torch.set_grad_enabled(path.requires_grad):
        misses = [path[-1] - path[0] - velocity(path[k], path.new_full((batch,), k / steps)) for k in range(steps)]
        return torch.stack(misses).square().sum() / (steps * batch)
