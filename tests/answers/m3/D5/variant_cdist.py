# cdist without matrix products in the precision of the inputs; mean over steps of means over items.
def ot_pairing(x_0, x_1):
    distance = torch.cdist(x_0.detach().flatten(1), x_1.detach().flatten(1), compute_mode="donot_use_mm_for_euclid_dist")
    return torch.tensor(linear_sum_assignment((distance**2).numpy())[1], dtype=torch.int64)


def straightness(path, velocity):
    times = torch.arange(len(path) - 1) / (len(path) - 1)
    losses = []
    for x, t in zip(path[:-1], times, strict=True):
        error = velocity(x, t.expand(len(x))) - (path[-1] - path[0])
        losses.append((error * error).flatten(1).sum(1).mean())
    return sum(losses) / len(losses)
