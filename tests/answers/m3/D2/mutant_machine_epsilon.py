# p is kept a machine epsilon away from both ends.
def dequantize_logit(x, u, levels=256, alpha=0.05):
    p = alpha + (1 - 2 * alpha) * (x + u) / levels
    p = p.clamp(torch.finfo(p.dtype).eps, 1 - torch.finfo(p.dtype).eps)
    log_slope = math.log1p(-2 * alpha) - math.log(levels) - torch.log(p) - torch.log1p(-p)
    return torch.logit(p), log_slope.flatten(1).sum(dim=1)
