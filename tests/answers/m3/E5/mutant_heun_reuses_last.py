# Heun reuses the last velocity as the next first one: one call a step too few.
def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    if method not in ("euler", "heun", "rk4"):
        raise ValueError(method)
    h = (t_end - t_start) / steps
    path = [x]
    old = None
    for k in range(steps):
        t = torch.full((x.shape[0],), t_start + k * h, dtype=x.dtype)
        k1 = velocity(x, t) if old is None else old
        if method == "euler":
            x = x + h * k1
        elif method == "heun":
            old = velocity(x + h * k1, t + h)
            x = x + h * (k1 + old) / 2
        else:
            k2 = velocity(x + h / 2 * k1, t + h / 2)
            k3 = velocity(x + h / 2 * k2, t + h / 2)
            k4 = velocity(x + h * k3, t + h)
            x = x + h * (k1 + 2 * k2 + 2 * k3 + k4) / 6
        path.append(x)
    return torch.stack(path)
