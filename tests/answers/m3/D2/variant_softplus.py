# The derivative of the logit from y itself: softplus(y) + softplus(-y).
def dequantize_logit(x, u, levels=256, alpha=0.05):
    scale = (1 - 2 * alpha) / levels
    p = alpha + scale * (x + u)
    y = (p / (1 - p)).log()
    terms = nn.functional.softplus(y) + nn.functional.softplus(-y) + math.log(scale)
    return y, terms.sum(dim=tuple(range(1, x.ndim)))
