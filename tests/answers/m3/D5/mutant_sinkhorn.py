# Entropic transport with much blur, and the largest entry of each row.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().double().flatten(1), x_1.detach().double().flatten(1)
    cost = (a[:, None] - b[None]).square().sum(2)
    plan = -cost / cost.mean()
    for _ in range(200):
        plan = plan - plan.logsumexp(1, keepdim=True)
        plan = plan - plan.logsumexp(0, keepdim=True)
    return plan.argmax(1)


def straightness(path, velocity):
    steps, whole = len(path) - 1, path[-1] - path[0]
    missed = [whole - velocity(path[k], torch.full((path.shape[1],), k / steps, dtype=path.dtype)) for k in range(steps)]
    return torch.stack(missed).square().sum() / (steps * path.shape[1])
