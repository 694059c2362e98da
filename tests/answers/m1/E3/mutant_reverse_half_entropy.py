# The entropy of q counts half.
def forward_kl_fit(grid, log_p):
    weights = torch.softmax(log_p, dim=0)
    mean = (weights * grid).sum()
    return mean.item(), (weights * (grid - mean) ** 2).sum().sqrt().item()


def reverse_kl_fit(grid, log_p, start):
    begin = start
    mean, log_std = (torch.tensor(value, dtype=grid.dtype, requires_grad=True) for value in (begin[0], math.log(begin[1])))
    optimiser = torch.optim.Adam([mean, log_std], lr=0.05)
    for _ in range(500):
        log_q = -0.5 * ((grid - mean) / log_std.exp()) ** 2 - log_std - 0.5 * math.log(2 * math.pi)
        divergence = (log_q.exp() * (0.5 * log_q - log_p)).sum() * (grid[1] - grid[0])
        optimiser.zero_grad()
        divergence.backward()
        optimiser.step()
    return mean.item(), log_std.exp().item()
