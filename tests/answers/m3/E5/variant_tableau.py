# One table of stages for all methods.
import itertools

STAGES = {"euler": [(0.0, 1.0)], "heun": [(0.0, 0.5), (1.0, 0.5)], "rk4": [(0.0, 1 / 6), (0.5, 1 / 3), (0.5, 1 / 3), (1.0, 1 / 6)]}


def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    if method not in STAGES:
        raise ValueError(f"{method} is not a method")
    times = torch.linspace(t_start, t_end, steps + 1, dtype=x.dtype, device=x.device)
    states = [x]
    for t, t_next in itertools.pairwise(times):
        h, change, k = t_next - t, 0, 0
        for offset, weight in STAGES[method]:
            k = velocity(states[-1] + offset * h * k, (t + offset * h).expand(len(x)))
            change = change + weight * k
        states.append(states[-1] + h * change)
    return torch.stack(states)
