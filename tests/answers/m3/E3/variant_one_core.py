# Both directions from one piecewise core, with searchsorted and a clamp.
def piece(v, edges, *others):
    k = torch.searchsorted(edges[..., 1:-1].contiguous(), v[..., None].contiguous(), right=True)
    return [t for values in (edges, *others) for t in (values.gather(-1, k)[..., 0], values.gather(-1, k + 1)[..., 0])]


def log_derivative(xi, s, d0, d1):
    top = d1 * xi * xi + 2 * s * xi * (1 - xi) + d0 * (1 - xi) * (1 - xi)
    return 2 * torch.log(s) + torch.log(top) - 2 * torch.log(s + (d0 + d1 - 2 * s) * xi * (1 - xi))


def spline_knots(widths, heights, derivatives, bound):
    least, pad = 1e-3, nn.functional.pad
    shares = [least + (1 - least * free.shape[-1]) * torch.softmax(free, dim=-1) for free in (widths, heights)]
    x_knots, y_knots = (pad(2 * bound * p.cumsum(dim=-1) - bound, (1, 0), value=-bound) for p in shares)
    return x_knots, y_knots, pad(least + nn.functional.softplus(derivatives), (1, 1), value=1.0)


def rq_spline(x, x_knots, y_knots, slopes):
    safe = torch.minimum(torch.maximum(x.detach(), x_knots[..., 0]), x_knots[..., -1])
    outside = (x < x_knots[..., 0]) | (x > x_knots[..., -1])
    safe = torch.where(outside, safe.detach(), x)
    x0, x1, y0, y1, d0, d1 = piece(safe, x_knots, y_knots, slopes)
    s = (y1 - y0) / (x1 - x0)
    xi = (safe - x0) / (x1 - x0)
    y = y0 + (y1 - y0) * (s * xi * xi + d0 * xi * (1 - xi)) / (s + (d0 + d1 - 2 * s) * xi * (1 - xi))
    return torch.where(outside, x, y), log_derivative(xi, s, d0, d1).masked_fill(outside, 0.0)


def rq_spline_inverse(y, x_knots, y_knots, slopes):
    outside = (y < y_knots[..., 0]) | (y > y_knots[..., -1])
    safe = torch.where(outside, y_knots[..., -1], y)
    y0, y1, x0, x1, d0, d1 = piece(safe, y_knots, x_knots, slopes)
    s = (y1 - y0) / (x1 - x0)
    sigma = d0 + d1 - 2 * s
    a = (y1 - y0) * (s - d0) + (safe - y0) * sigma
    b = (y1 - y0) * d0 - (safe - y0) * sigma
    c = -s * (safe - y0)
    xi = 2 * c / (-b - torch.sqrt(b.square() - 4 * a * c))
    return torch.where(outside, y, x0 + xi * (x1 - x0)), -log_derivative(xi, s, d0, d1).masked_fill(outside, 0.0)
