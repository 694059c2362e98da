# The reverse fit by L-BFGS with a line search.
def forward_kl_fit(grid, log_p):
    weights = torch.softmax(log_p, dim=0)
    mean = (weights * grid).sum()
    return mean.item(), (weights * (grid - mean) ** 2).sum().sqrt().item()


def reverse_kl_fit(grid, log_p, start):
    values = torch.tensor([start[0], math.log(start[1])], dtype=torch.float64, requires_grad=True)
    x, target = grid.double(), log_p.double()
    optimiser = torch.optim.LBFGS([values], lr=0.2, max_iter=300, tolerance_grad=1e-10, tolerance_change=1e-13)

    def closure():
        optimiser.zero_grad()
        log_q = -0.5 * ((x - values[0]) / values[1].exp()) ** 2 - values[1] - 0.5 * math.log(2 * math.pi)
        divergence = (log_q.exp() * (log_q - target)).sum() * (x[1] - x[0])
        divergence.backward()
        return divergence

    optimiser.step(closure)
    return float(values[0]), float(values[1].exp())
