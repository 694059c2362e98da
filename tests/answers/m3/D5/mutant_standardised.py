# Every coordinate is divided by its standard deviation first.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    spread = torch.cat([a, b]).std(0)
    return torch.as_tensor(linear_sum_assignment(((a[:, None] - b[None]) / spread).square().sum(2).numpy())[1])


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
