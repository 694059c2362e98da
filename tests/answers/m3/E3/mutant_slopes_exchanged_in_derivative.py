# d_k and d_next change places in the derivative only.
def spline_knots(widths, heights, derivatives, bound):
    least, pad = 1e-3, nn.functional.pad
    shares = [least + (1 - least * free.shape[-1]) * torch.softmax(free, dim=-1) for free in (widths, heights)]
    x_knots, y_knots = (pad(2 * bound * p.cumsum(dim=-1) - bound, (1, 0), value=-bound) for p in shares)
    return x_knots, y_knots, pad(least + nn.functional.softplus(derivatives), (1, 1), value=1.0)


def rq_spline(x, x_knots, y_knots, slopes):
    inside = (x >= x_knots[..., 0]) & (x <= x_knots[..., -1])
    safe = torch.where(inside, x, x_knots[..., 0])
    k = (safe[..., None] >= x_knots[..., 1:-1]).sum(dim=-1)
    (x_k, x_next), (y_k, y_next), (d_k, d_next) = (corners(values, k) for values in (x_knots, y_knots, slopes))
    w, h = x_next - x_k, y_next - y_k
    s, xi = h / w, (safe - x_k) / w
    below = s + (d_k + d_next - 2 * s) * xi * (1 - xi)
    y = y_k + h * (s * xi**2 + d_k * xi * (1 - xi)) / below
    slope = s**2 * (d_k * xi**2 + 2 * s * xi * (1 - xi) + d_next * (1 - xi) ** 2) / below**2
    return torch.where(inside, y, x), torch.where(inside, slope.log(), torch.zeros_like(x))


def rq_spline_inverse(y, x_knots, y_knots, slopes):
    inside = (y >= y_knots[..., 0]) & (y <= y_knots[..., -1])
    safe = torch.where(inside, y, y_knots[..., 0])
    k = (safe[..., None] >= y_knots[..., 1:-1]).sum(dim=-1)
    (x_k, x_next), (y_k, y_next), (d_k, d_next) = (corners(values, k) for values in (x_knots, y_knots, slopes))
    w, h = x_next - x_k, y_next - y_k
    s, rise = h / w, safe - y_k
    sigma = d_k + d_next - 2 * s
    a, b, c = h * (s - d_k) + rise * sigma, h * d_k - rise * sigma, -s * rise
    xi = 2 * c / (-b - (b**2 - 4 * a * c).sqrt())
    x = torch.where(inside, x_k + w * xi, y)
    below = s + sigma * xi * (1 - xi)
    slope = s**2 * (d_next * xi**2 + 2 * s * xi * (1 - xi) + d_k * (1 - xi) ** 2) / below**2
    return x, torch.where(inside, -slope.log(), torch.zeros_like(y))
