# The padding of the height is used for both sides and cropped.
def masked_conv(x, weight, bias, kind):
    k_h, k_w = weight.shape[2:]
    mask = torch.ones_like(weight)
    mask[:, :, k_h // 2, k_w // 2 + (kind == "B") :] = 0
    mask[:, :, k_h // 2 + 1 :] = 0

    out = F.conv2d(x, weight * mask, bias, padding=max(k_h, k_w) // 2)
    return out[:, :, : x.shape[2], : x.shape[3]]
