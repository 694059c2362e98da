# The log-determinant is a mean over elements.
def dequantize_logit(x, u, levels=256, alpha=0.05):
    p = alpha + (1 - 2 * alpha) * (x + u) / levels
    log_slope = math.log1p(-2 * alpha) - math.log(levels) - torch.log(p) - torch.log1p(-p)
    return torch.log(p) - torch.log1p(-p), log_slope.flatten(1).mean(dim=1)
