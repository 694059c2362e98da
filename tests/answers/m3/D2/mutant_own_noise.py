# Draws noise of its own.
def dequantize_logit(x, u, levels=256, alpha=0.05):
    p = alpha + (1 - 2 * alpha) * (x + torch.rand_like(u)) / levels
    log_slope = math.log1p(-2 * alpha) - math.log(levels) - torch.log(p) - torch.log1p(-p)
    return torch.log(p) - torch.log1p(-p), log_slope.flatten(1).sum(dim=1)
