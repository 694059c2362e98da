# A small number is added to the sum against division by zero.
def kernel_mean(x, y, query, width):
    weights = (lambda e: e / (e.sum(1, keepdim=True) + 1e-12))(torch.exp(-((query[:, None] - x) ** 2) / (2 * width**2)))
    return weights @ y


def kernel_draw(x, y, query, width, u):
    weights = (lambda e: e / (e.sum(1, keepdim=True) + 1e-12))(torch.exp(-((query[:, None] - x) ** 2) / (2 * width**2)))
    return y[(weights.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=len(y) - 1)]
