# A number as small as rounding inside the logarithms.
def dequantize_logit(x, u, levels=256, alpha=0.05):
    p = alpha + (1 - 2 * alpha) * (x + u) / levels
    log_p, log_rest = torch.log(p + 1e-16), torch.log(1 - p + 1e-16)
    log_slope = math.log1p(-2 * alpha) - math.log(levels) - log_p - log_rest
    return log_p - log_rest, log_slope.flatten(1).sum(dim=1)
