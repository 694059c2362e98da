# The width as a tensor of the default type.
def _weights(x, query, width):
    return torch.softmax(-(((query[:, None] - x) / torch.tensor(width)) ** 2) / 2, dim=1)


def kernel_mean(x, y, query, width):
    return _weights(x, query, width) @ y


def kernel_draw(x, y, query, width, u):
    return y[(_weights(x, query, width).cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=len(y) - 1)]
