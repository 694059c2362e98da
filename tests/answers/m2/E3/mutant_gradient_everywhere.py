# The masked weights get a gradient: straight-through mask.
def masked_conv(x, weight, bias, kind):
    k_h, k_w = weight.shape[2:]
    mask = torch.ones_like(weight)
    mask[:, :, k_h // 2, k_w // 2 + (kind == "B") :] = 0
    mask[:, :, k_h // 2 + 1 :] = 0
    return F.conv2d(x, weight - (weight * (1 - mask)).detach(), bias, padding=(k_h // 2, k_w // 2))
