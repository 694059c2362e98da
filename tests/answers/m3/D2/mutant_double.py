# Always computes and returns float64.
def dequantize_logit(x, u, levels=256, alpha=0.05):
    v = x.double() + u.double()
    p = alpha + (1 - 2 * alpha) * v / levels
    y = torch.log(p) - torch.log(1 - p)
    log_det = math.log((1 - 2 * alpha) / levels) - torch.log(p) - torch.log(1 - p)
    return y, log_det.flatten(1).sum(1)
