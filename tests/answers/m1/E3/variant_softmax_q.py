# q is normalised on the grid, its entropy is not written out.
def forward_kl_fit(grid, log_p):
    weights = torch.softmax(log_p, dim=0)
    mean = (weights * grid).sum()
    return mean.item(), (weights * (grid - mean) ** 2).sum().sqrt().item()


def reverse_kl_fit(grid, log_p, start):
    mean = torch.tensor(float(start[0]), dtype=grid.dtype, requires_grad=True)
    raw = torch.tensor(math.log(math.expm1(start[1])), dtype=grid.dtype, requires_grad=True)
    optimiser = torch.optim.Adam([mean, raw], lr=0.03)
    for _ in range(900):
        std = torch.nn.functional.softplus(raw)
        log_q = torch.log_softmax(-0.5 * ((grid - mean) / std) ** 2, dim=0)
        divergence = (log_q.exp() * (log_q - log_p)).sum()
        optimiser.zero_grad()
        divergence.backward()
        optimiser.step()
    return mean.detach(), torch.nn.functional.softplus(raw).detach()
