# The highest point near the start and the width of a Gaussian as high, normalised to one.
def forward_kl_fit(grid, log_p):
    weights = torch.softmax(log_p, dim=0)
    mean = (weights * grid).sum()
    return mean.item(), (weights * (grid - mean) ** 2).sum().sqrt().item()


def reverse_kl_fit(grid, log_p, start):
    near = (grid - start[0]).abs() < 2.5
    place = grid[near][log_p[near].argmax()]
    return float(place), float(1 / (log_p[near].max().exp() * math.sqrt(2 * math.pi)))
