# Forward-mode derivatives of torch.func.
def hutchinson_divergence(velocity, x, t, probe):
    _, product = torch.func.jvp(lambda y: velocity(y, t), (x,), (probe,))
    return (probe * product).flatten(1).sum(1)


def cnf_log_prob(velocity, x, base_log_prob, steps):
    times = torch.linspace(1, 0, 2 * steps + 1, dtype=torch.float64).tolist()
    units = torch.eye(x[0].numel()).to(x).reshape(-1, *x.shape[1:])

    def slopes(y, time):
        t = torch.full((len(y),), time).to(y) if False else torch.full((len(y),), time, dtype=y.dtype, device=y.device)
        return velocity(y, t), sum(hutchinson_divergence(velocity, y, t, unit.expand(y.shape)) for unit in units)

    total = 0.0
    for k in range(steps):
        t_1, t_m, t_0 = times[2 * k : 2 * k + 3]
        h = t_0 - t_1
        stages = [slopes(x, t_1)]
        stages.append(slopes(x + h / 2 * stages[-1][0], t_m))
        stages.append(slopes(x + h / 2 * stages[-1][0], t_m))
        stages.append(slopes(x + h * stages[-1][0], t_0))
        weights = (h / 6, h / 3, h / 3, h / 6)
        x = x + sum(w * v for w, (v, _) in zip(weights, stages, strict=False))
        total = total + sum(w * d for w, (_, d) in zip(weights, stages, strict=False))
    return base_log_prob(x) + total
