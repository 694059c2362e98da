# match on the method, times by index from the end.
def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    n, h = x.size(0), (t_end - t_start) / steps

    def v(y, time):
        return velocity(y, torch.full((n,), time, dtype=x.dtype, device=x.device))

    path = x[None]
    for k in range(steps):
        t = t_end - (steps - k) * h
        y = path[-1]
        match method:
            case "euler":
                y = y + h * v(y, t)
            case "heun":
                guess = v(y, t)
                y = y + h / 2 * (guess + v(y + h * guess, t + h))
            case "rk4":
                a = h * v(y, t)
                b = h * v(y + a / 2, t + h / 2)
                c = h * v(y + b / 2, t + h / 2)
                y = y + (a + 2 * (b + c) + h * v(y + c, t + h)) / 6
            case _:
                raise ValueError("method")
        path = torch.cat([path, y[None]])
    return path
