# p is clamped away from 0 and 1, and the determinant does not know.
def dequantize_logit(x, u, levels=256, alpha=0.05):
    p = alpha + (1 - 2 * alpha) * (x + u) / levels
    p = p.clamp(1e-6, 1 - 1e-6)
    log_slope = math.log1p(-2 * alpha) - math.log(levels) - torch.log(p) - torch.log1p(-p)
    return torch.log(p) - torch.log1p(-p), log_slope.flatten(1).sum(dim=1)
