# The first place where the sum exceeds u, by argmax.
def kernel_mean(x, y, query, width):
    weights = torch.softmax(-((query[:, None] - x) ** 2) / (2 * width**2), dim=1)
    return weights @ y


def kernel_draw(x, y, query, width, u):
    weights = torch.softmax(-((query[:, None] - x) ** 2) / (2 * width**2), dim=1)
    return y[(weights.cumsum(1) > u[:, None]).int().argmax(1)]
