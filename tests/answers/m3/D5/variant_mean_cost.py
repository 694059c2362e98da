# The cost is the mean over elements, which changes no pairing; float32 times.
def ot_pairing(x_0, x_1, solver=None):
    a, b = x_0.detach().flatten(1), x_1.detach().flatten(1)
    cost = (a.unsqueeze(1) - b.unsqueeze(0)).pow(2).mean(-1)
    return torch.as_tensor(linear_sum_assignment(cost.cpu().numpy())[1])


def straightness(path, velocity):
    T = path.shape[0] - 1
    total = path.new_zeros(())
    for k in range(T):
        v = velocity(path[k], torch.full((path.shape[1],), k / T))
        total = total + torch.nn.functional.mse_loss(v, path[T] - path[0], reduction="sum") / path.shape[1]
    return total / T
