# An unknown method is refused by an assertion.
def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    assert method in ("euler", "heun", "rk4")
    h = (t_end - t_start) / steps
    path = [x]
    for k in range(steps):
        t = torch.full((x.shape[0],), t_start + k * h, dtype=x.dtype)
        k1 = velocity(x, t)
        if method == "euler":
            x = x + h * k1
        elif method == "heun":
            x = x + h * (k1 + velocity(x + h * k1, t + h)) / 2
        else:
            k2 = velocity(x + h / 2 * k1, t + h / 2)
            k3 = velocity(x + h / 2 * k2, t + h / 2)
            k4 = velocity(x + h * k3, t + h)
            x = x + h * (k1 + 2 * k2 + 2 * k3 + k4) / 6
        path.append(x)
    return torch.stack(path)
