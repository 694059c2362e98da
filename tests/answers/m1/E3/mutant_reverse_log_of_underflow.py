# The logarithm of a q that underflows to 0: NaN in float32.
def forward_kl_fit(grid, log_p):
    weights = torch.softmax(log_p, 0)
    mean = (weights * grid).sum()
    return mean.item(), (weights * (grid - mean) ** 2).sum().sqrt().item()


def reverse_kl_fit(grid, log_p, start):
    mean, log_std = (torch.tensor(float(value), requires_grad=True) for value in (start[0], math.log(start[1])))
    optimiser = torch.optim.Adam([mean, log_std], lr=0.02)
    spacing = grid[1] - grid[0]
    for _ in range(800):
        q = torch.exp(-0.5 * ((grid - mean) / log_std.exp()) ** 2)
        q = q / (q.sum() * spacing)
        divergence = (torch.xlogy(q, q) - q * log_p).sum() * spacing
        optimiser.zero_grad()
        divergence.backward()
        optimiser.step()
    return mean.item(), log_std.exp().item()
