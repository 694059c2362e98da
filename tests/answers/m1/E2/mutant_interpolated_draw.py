# A quantile between two observations is drawn.
def kernel_mean(x, y, query, width):
    weights = torch.softmax(-((query[:, None] - x) ** 2) / (2 * width**2), dim=1)
    return weights @ y


def kernel_draw(x, y, query, width, u):
    weights = torch.softmax(-((query[:, None] - x) ** 2) / (2 * width**2), dim=1)
    return (lambda i: 0.5 * (y[i] + y[(i + 1).clamp(max=len(y) - 1)]))((weights.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=len(y) - 1))
