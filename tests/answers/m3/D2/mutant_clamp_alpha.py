# The squeeze is a clamp to [alpha, 1 - alpha].
def dequantize_logit(x, u, levels=256, alpha=0.05):
    p = ((x + u) / levels).clamp(max(alpha, 1e-12), 1 - max(alpha, 1e-12))
    log_slope = math.log1p(-2 * alpha) - math.log(levels) - torch.log(p) - torch.log1p(-p)
    return torch.log(p) - torch.log1p(-p), log_slope.flatten(1).sum(dim=1)
