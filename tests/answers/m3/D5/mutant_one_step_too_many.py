# Divided by T + 1 instead of T.
def ot_pairing(x_0, x_1):
    a, b = x_0.detach().flatten(1), x_1.detach().flatten(1)
    cost = ((a[:, None, :] - b[None, :, :]) ** 2).sum(-1)
    _, columns = linear_sum_assignment(cost.cpu().numpy())
    return torch.as_tensor(columns, dtype=torch.long, device=x_0.device)


def straightness(path, velocity):
    T = len(path) - 1
    B = path.shape[1]
    displacement = path[-1] - path[0]
    total = 0.0
    for k in range(T):
        t = torch.full((B,), k / T, dtype=path.dtype, device=path.device)
        total = total + ((displacement - velocity(path[k], t)) ** 2).flatten(1).sum(1).mean()
    return total / (T + 1)
