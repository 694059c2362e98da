# Runge–Kutta is the 3/8 rule: fourth order as well.
def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    if method not in ("euler", "heun", "rk4"):
        raise ValueError("unknown method")
    path, h = [x], (t_end - t_start) / steps
    for step in range(steps):
        t = x.new_full((x.shape[0],), t_start + step * h)
        k1 = velocity(x, t)
        if method == "euler":
            x = x + h * k1
        elif method == "heun":
            k2 = velocity(x + h * k1, t + h)
            x = x + h * (k1 + k2) / 2
        else:
            k2 = velocity(x + h / 3 * k1, t + h / 3)
            k3 = velocity(x + h * (k2 - k1 / 3), t + 2 * h / 3)
            k4 = velocity(x + h * (k1 - k2 + k3), t + h)
            x = x + h * (k1 + 3 * k2 + 3 * k3 + k4) / 8
        path.append(x)
    return torch.stack(path)
