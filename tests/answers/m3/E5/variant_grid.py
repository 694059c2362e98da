# A grid of times in the type of x, one time spread over the batch.
def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    if method not in ("euler", "heun", "rk4"):
        raise ValueError(method)
    grid = torch.linspace(t_start, t_end, steps + 1, dtype=x.dtype, device=x.device)
    states = [x]
    for k in range(steps):
        h, x = grid[k + 1] - grid[k], states[-1]
        start, middle, end = (torch.lerp(grid[k], grid[k + 1], share).expand(len(x)) for share in (0.0, 0.5, 1.0))
        k1 = velocity(x, start)
        if method == "euler":
            mean = k1
        elif method == "heun":
            mean = (k1 + velocity(x + h * k1, end)) / 2
        else:
            k2 = velocity(x + h / 2 * k1, middle)
            k3 = velocity(x + h / 2 * k2, middle)
            k4 = velocity(x + h * k3, end)
            mean = (k1 + 2 * k2 + 2 * k3 + k4) / 6
        states.append(x + h * mean)
    return torch.stack(states)
