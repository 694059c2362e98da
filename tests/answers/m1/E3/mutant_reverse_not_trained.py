# The start is returned.
def forward_kl_fit(grid, log_p):
    weights = torch.softmax(log_p, dim=0)
    mean = (weights * grid).sum()
    return mean.item(), (weights * (grid - mean) ** 2).sum().sqrt().item()


def reverse_kl_fit(grid, log_p, start):
    return start
