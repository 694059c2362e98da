# Masks the weight in place for the moment and puts it back.
def masked_conv(x, weight, bias, kind):
    k_h, k_w = weight.shape[2:]
    mask = torch.ones_like(weight)
    mask[:, :, k_h // 2, k_w // 2 + (kind == "B") :] = 0
    mask[:, :, k_h // 2 + 1 :] = 0

    saved = weight.detach().clone()
    weight.data.mul_(mask)
    out = F.conv2d(x, weight, bias, padding=(k_h // 2, k_w // 2))
    weight.data.copy_(saved)
    return out
