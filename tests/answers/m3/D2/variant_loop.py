# Item after item.
def dequantize_logit(x, u, levels=256, alpha=0.05, **unused):
    ys, dets = [], []
    for one, noise in zip(x, u, strict=True):
        p = alpha + (1 - 2 * alpha) * (one.to(noise.dtype) + noise) / levels
        ys.append(p.log() - (1 - p).log())
        dets.append((math.log(1 - 2 * alpha) - math.log(levels) - p.log() - (1 - p).log()).sum())
    return torch.stack(ys), torch.stack(dets)
