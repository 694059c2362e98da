# Each step and its determinant apart: noise, division, squeeze, logit.
def dequantize_logit(x, u, levels=256, alpha=0.05):
    dims = x[0].numel()
    v = x.to(u.dtype) + u
    p = alpha + (1 - 2 * alpha) * (v / levels)
    y = torch.logit(p)
    log_det = -dims * math.log(levels) + dims * math.log(1 - 2 * alpha) - (p * (1 - p)).log().reshape(len(x), -1).sum(-1)
    return y, log_det
