# Only the elements inside are computed, by boolean indexing; the rest are copied.
def spline_knots(widths, heights, derivatives, bound):
    def knots(free):
        bins = free.shape[-1]
        p = 0.001 + (1 - 0.001 * bins) * nn.functional.softmax(free, -1)
        zero = torch.zeros_like(p[..., :1])
        return (torch.cat([zero, torch.cumsum(p, -1)], -1) - 0.5) * 2 * bound

    one = torch.ones_like(widths[..., :1])
    return knots(widths), knots(heights), torch.cat([one, 0.001 + torch.logaddexp(derivatives, torch.zeros_like(derivatives)), one], -1)


def rq_spline(x, x_knots, y_knots, slopes):
    inside = (x > x_knots[..., 0]) & (x < x_knots[..., -1])
    y, log_slope = x.clone(), torch.zeros_like(x)
    xs, ys, ds, v = x_knots[inside], y_knots[inside], slopes[inside], x[inside]
    k = (v[:, None] > xs[:, 1:-1]).sum(-1)
    (x0, x1), (y0, y1), (d0, d1) = corners(xs, k), corners(ys, k), corners(ds, k)
    s = (y1 - y0) / (x1 - x0)
    t = (v - x0) / (x1 - x0)
    below = s + (d1 + d0 - 2 * s) * t * (1 - t)
    y[inside] = y0 + (y1 - y0) * (s * t**2 + d0 * t * (1 - t)) / below
    log_slope[inside] = torch.log(s**2 * (d1 * t**2 + 2 * s * t * (1 - t) + d0 * (1 - t) ** 2)) - 2 * torch.log(below)
    return y, log_slope


def rq_spline_inverse(y, x_knots, y_knots, slopes):
    inside = (y > y_knots[..., 0]) & (y < y_knots[..., -1])
    x, log_slope = y.clone(), torch.zeros_like(y)
    xs, ys, ds, v = x_knots[inside], y_knots[inside], slopes[inside], y[inside]
    k = (v[:, None] > ys[:, 1:-1]).sum(-1)
    (x0, x1), (y0, y1), (d0, d1) = corners(xs, k), corners(ys, k), corners(ds, k)
    s = (y1 - y0) / (x1 - x0)
    sigma = d0 + d1 - 2 * s
    a = (y1 - y0) * (s - d0) + (v - y0) * sigma
    b = (y1 - y0) * d0 - (v - y0) * sigma
    c = -s * (v - y0)
    t = 2 * c / (-b - (b**2 - 4 * a * c).sqrt())
    below = s + sigma * t * (1 - t)
    x[inside] = x0 + t * (x1 - x0)
    log_slope[inside] = 2 * torch.log(below) - torch.log(s**2 * (d1 * t**2 + 2 * s * t * (1 - t) + d0 * (1 - t) ** 2))
    return x, log_slope
