# Costs and straightness in plain loops over items and steps.
def ot_pairing(x_0, x_1):
    batch = len(x_0)
    cost = torch.zeros(batch, batch, dtype=torch.float64)
    with torch.no_grad():
        for i in range(batch):
            for j in range(batch):
                cost[i, j] = ((x_0[i] - x_1[j]) ** 2).sum()
    rows, columns = linear_sum_assignment(cost.numpy())
    indices = torch.empty(batch, dtype=torch.long)
    for row, column in zip(rows, columns, strict=True):
        indices[row] = int(column)
    return indices


def straightness(path, velocity):
    steps, batch = path.shape[0] - 1, path.shape[1]
    total = 0
    for k in range(steps):
        v = velocity(path[k], (k / steps) * torch.ones(batch, dtype=path.dtype))
        for b in range(batch):
            total = total + ((path[-1, b] - path[0, b] - v[b]) ** 2).sum()
    return total / steps / batch
