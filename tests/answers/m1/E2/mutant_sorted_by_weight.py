# The heaviest observation comes first in the draw.
def kernel_mean(x, y, query, width):
    return torch.softmax(-((query[:, None] - x) ** 2) / (2 * width**2), dim=1) @ y


def kernel_draw(x, y, query, width, u):
    weights, order = torch.softmax(-((query[:, None] - x) ** 2) / (2 * width**2), dim=1).sort(dim=1, descending=True)
    index = (weights.cumsum(dim=1) <= u[:, None]).sum(dim=1, keepdim=True).clamp(max=len(y) - 1)
    return y[order.gather(1, index)[:, 0]]
