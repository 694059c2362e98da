# Computes 1 - p from the other end, without cancellation.
def dequantize_logit(x, u, levels=256, alpha=0.05):
    v = x.to(u.dtype) + u
    p = alpha + (1 - 2 * alpha) * v / levels
    y = torch.log(p) - torch.log(alpha + (1 - 2 * alpha) * ((levels - 1 - x.to(u.dtype)) + (1 - u)) / levels)
    log_det = (
        math.log((1 - 2 * alpha) / levels) - torch.log(p) - torch.log(alpha + (1 - 2 * alpha) * ((levels - 1 - x.to(u.dtype)) + (1 - u)) / levels)
    )
    return y, log_det.flatten(1).sum(1)
