# The weights do not add up to 1.
def kernel_mean(x, y, query, width):
    weights = torch.exp(-((query[:, None] - x) ** 2) / (2 * width**2))
    return weights @ y


def kernel_draw(x, y, query, width, u):
    weights = torch.exp(-((query[:, None] - x) ** 2) / (2 * width**2))
    return y[(weights.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=len(y) - 1)]
