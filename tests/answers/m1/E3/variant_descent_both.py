# Both fits by descent, by a shared function; tensors as results.
def forward_kl_fit(grid, log_p):
    spacing = grid[1] - grid[0]
    p = log_p.exp() * spacing
    mean = torch.dot(p, grid)
    return mean, torch.sqrt(torch.dot(p, grid**2) - mean**2)


def reverse_kl_fit(grid, log_p, start):
    values = torch.tensor([start[0], math.log(start[1])], dtype=grid.dtype, requires_grad=True)
    for _ in range(800):
        q = torch.distributions.Normal(values[0], values[1].exp())
        log_q = q.log_prob(grid)
        divergence = torch.sum(log_q.exp() * (log_q - log_p)) * (grid[1] - grid[0])
        (gradient,) = torch.autograd.grad(divergence, values)
        natural = torch.stack([gradient[0] * (2 * values[1]).exp(), gradient[1] / 2])  # steps in proportion to the width
        values = (values - 0.05 * natural.clamp(-2, 2)).detach().requires_grad_()
    return values[0].detach(), values[1].detach().exp()
