# No graph is kept when the start requires no gradient.
def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    if method not in ("euler", "heun", "rk4"):
        raise ValueError(method)
    path, h = [x], (t_end - t_start) / steps
    with torch.set_grad_enabled(x.requires_grad):
        for step in range(steps):
            t = x.new_full((x.shape[0],), t_start + step * h)
            k1 = velocity(x, t)
            if method == "euler":
                rise = k1
            elif method == "heun":
                rise = (k1 + velocity(x + h * k1, t + h)) / 2
            else:
                k2 = velocity(x + h / 2 * k1, t + h / 2)
                k3 = velocity(x + h / 2 * k2, t + h / 2)
                rise = (k1 + 2 * k2 + 2 * k3 + velocity(x + h * k3, t + h)) / 6
            x = x + h * rise
            path.append(x)
    return torch.stack(path)
