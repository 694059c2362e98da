# The time is summed up, the three methods are functions of their own, the path is filled row by row.
def ode_solve(velocity, x, steps, method="heun", t_start=0.0, t_end=1.0):
    h = (t_end - t_start) / steps

    def euler(x, t):
        return velocity(x, t)

    def heun(x, t):
        first = velocity(x, t)
        return 0.5 * first + 0.5 * velocity(x + h * first, t + h)

    def rk4(x, t):
        a = velocity(x, t)
        b = velocity(x + 0.5 * h * a, t + 0.5 * h)
        c = velocity(x + 0.5 * h * b, t + 0.5 * h)
        d = velocity(x + h * c, t + h)
        return a / 6 + b / 3 + c / 3 + d / 6

    methods = dict(euler=euler, heun=heun, rk4=rk4)
    if method not in methods:
        raise ValueError(method)
    t = torch.full_like(x.flatten(1)[:, 0], t_start)
    path = torch.empty(steps + 1, *x.shape, dtype=x.dtype, device=x.device)
    path[0] = x
    for k in range(1, steps + 1):
        x = x + h * methods[method](x, t)
        path[k] = x
        t = t + h
    return path
