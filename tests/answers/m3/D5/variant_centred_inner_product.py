# Both sets are centred, then the sum of inner products is made large; one call of the velocity for all steps.
def ot_pairing(x_0, x_1):
    with torch.no_grad():
        a = (x_0 - x_0.mean(0)).flatten(1)
        b = (x_1 - x_1.mean(0)).flatten(1)
        gain = a @ b.T
    return torch.from_numpy(linear_sum_assignment(gain.numpy(), maximize=True)[1]).long()


def straightness(path, velocity):
    steps, batch = path.shape[0] - 1, path.shape[1]
    t = torch.linspace(0, 1, steps + 1, dtype=path.dtype)[:-1].repeat_interleave(batch)
    v = velocity(path[:-1].flatten(0, 1), t).reshape(path[:-1].shape)
    missed = (path[-1] - path[0])[None] - v
    return missed.pow(2).flatten(2).sum(-1).mean()
