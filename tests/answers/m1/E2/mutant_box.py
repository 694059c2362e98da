# Every observation within the width weighs the same.
def kernel_mean(x, y, query, width):
    weights = ((query[:, None] - x).abs() <= width).to(y) / ((query[:, None] - x).abs() <= width).sum(1, keepdim=True).clamp(min=1)
    return weights @ y


def kernel_draw(x, y, query, width, u):
    weights = ((query[:, None] - x).abs() <= width).to(y) / ((query[:, None] - x).abs() <= width).sum(1, keepdim=True).clamp(min=1)
    return y[(weights.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=len(y) - 1)]
