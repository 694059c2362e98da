# Puts points outside into the formulas and relies on torch.where alone.
def spline_knots(widths, heights, derivatives, bound):
    m = 0.001
    K = widths.shape[-1]

    def knots(a):
        p = m + (1 - m * K) * torch.softmax(a, -1)
        k = -bound + 2 * bound * torch.cumsum(p, -1)
        first = torch.full_like(k[..., :1], -bound)
        return torch.cat([first, k[..., :-1], torch.full_like(first, bound)], -1)

    d = m + nn.functional.softplus(derivatives)
    one = torch.ones_like(widths[..., :1])
    return knots(widths), knots(heights), torch.cat([one, d, one], -1)


def rq_spline(x, x_knots, y_knots, slopes):
    out = (x < x_knots[..., 0]) | (x > x_knots[..., -1])
    xs = x
    k = (x_knots[..., 1:-1] <= xs[..., None]).sum(-1)
    x0, x1 = corners(x_knots, k)
    y0, y1 = corners(y_knots, k)
    d0, d1 = corners(slopes, k)
    w, h = x1 - x0, y1 - y0
    s = h / w
    xi = (xs - x0) / w
    q = xi * (1 - xi)
    den = s + (d0 + d1 - 2 * s) * q
    y = y0 + h * (s * xi**2 + d0 * q) / den
    slope = s**2 * (d1 * xi**2 + 2 * s * q + d0 * (1 - xi) ** 2) / den**2
    return torch.where(out, x, y), torch.where(out, torch.zeros_like(x), slope.log())


def rq_spline_inverse(y, x_knots, y_knots, slopes):
    out = (y < y_knots[..., 0]) | (y > y_knots[..., -1])
    ys = torch.where(out, y_knots[..., 0], y)
    k = (y_knots[..., 1:-1] <= ys[..., None]).sum(-1)
    x0, x1 = corners(x_knots, k)
    y0, y1 = corners(y_knots, k)
    d0, d1 = corners(slopes, k)
    w, h = x1 - x0, y1 - y0
    s = h / w
    sig = d0 + d1 - 2 * s
    a = h * (s - d0) + (ys - y0) * sig
    b = h * d0 - (ys - y0) * sig
    c = -s * (ys - y0)
    xi = 2 * c / (-b - (b * b - 4 * a * c).sqrt())
    x = x0 + w * xi
    _, log_slope = rq_spline(x, x_knots, y_knots, slopes)
    return torch.where(out, y, x), torch.where(out, torch.zeros_like(y), -log_slope)
