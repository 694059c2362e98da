# The times are kept within 0 and 1.
def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    if method not in ("euler", "heun", "rk4"):
        raise ValueError(method)
    h = (t_end - t_start) / steps

    def v(x, t):
        return velocity(x, t.clamp(0, 1))

    path = [x]
    for k in range(steps):
        t = torch.full((x.shape[0],), t_start + k * h, dtype=x.dtype)
        k1 = v(x, t)
        if method == "euler":
            x = x + h * k1
        elif method == "heun":
            x = x + h * (k1 + v(x + h * k1, t + h)) / 2
        else:
            k2 = v(x + h / 2 * k1, t + h / 2)
            k3 = v(x + h / 2 * k2, t + h / 2)
            k4 = v(x + h * k3, t + h)
            x = x + h * (k1 + 2 * k2 + 2 * k3 + k4) / 6
        path.append(x)
    return torch.stack(path)
