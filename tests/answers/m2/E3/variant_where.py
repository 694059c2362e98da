# Masked weights replaced by torch.where.
def masked_conv(x, weight, bias, kind="B", device=None):
    k = weight.shape[-2] * weight.shape[-1]
    keep = (torch.arange(k) < k // 2 + int(kind == "B")).view(weight.shape[-2:])
    masked = torch.where(keep, weight, torch.zeros_like(weight))
    return torch.conv2d(x, masked, bias, 1, (weight.shape[-2] // 2, weight.shape[-1] // 2))
