# The moments of p near the start.
def forward_kl_fit(grid, log_p):
    weights = torch.softmax(log_p, dim=0)
    mean = (weights * grid).sum()
    return mean.item(), (weights * (grid - mean) ** 2).sum().sqrt().item()


def reverse_kl_fit(grid, log_p, start):
    near = (grid - start[0]).abs() < 4
    weights = torch.softmax(log_p[near], dim=0)
    mean = (weights * grid[near]).sum()
    return float(mean), float((weights * (grid[near] - mean) ** 2).sum().sqrt())
