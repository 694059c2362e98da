# Straight lines between the knots.
def spline_knots(widths, heights, derivatives, bound):
    least, pad = 1e-3, nn.functional.pad
    shares = [least + (1 - least * free.shape[-1]) * torch.softmax(free, dim=-1) for free in (widths, heights)]
    x_knots, y_knots = (pad(2 * bound * p.cumsum(dim=-1) - bound, (1, 0), value=-bound) for p in shares)
    return x_knots, y_knots, pad(least + nn.functional.softplus(derivatives), (1, 1), value=1.0)


def rq_spline(x, x_knots, y_knots, slopes):
    inside = (x >= x_knots[..., 0]) & (x <= x_knots[..., -1])
    safe = torch.where(inside, x, x_knots[..., 0])
    k = (safe[..., None] >= x_knots[..., 1:-1]).sum(dim=-1)
    (x_k, x_next), (y_k, y_next) = (corners(values, k) for values in (x_knots, y_knots))
    w, h = x_next - x_k, y_next - y_k
    s, xi = h / w, (safe - x_k) / w
    y = y_k + h * xi
    return torch.where(inside, y, x), torch.where(inside, s.log(), torch.zeros_like(x))


def rq_spline_inverse(y, x_knots, y_knots, slopes):
    x, log_slope = rq_spline(y, y_knots, x_knots, slopes)
    return x, log_slope
