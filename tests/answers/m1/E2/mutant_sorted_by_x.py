# The observations are sorted by x before the draw.
def kernel_mean(x, y, query, width):
    weights = torch.softmax(-((query[:, None] - x) ** 2) / (2 * width**2), dim=1)
    return weights @ y


def kernel_draw(x, y, query, width, u):
    x, y = x.sort().values, y[x.argsort()]
    weights = torch.softmax(-((query[:, None] - x) ** 2) / (2 * width**2), dim=1)
    return y[(weights.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=len(y) - 1)]
