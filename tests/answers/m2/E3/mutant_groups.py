# Depthwise when inputs and outputs are as many.
def masked_conv(x, weight, bias, kind):
    k_h, k_w = weight.shape[2:]
    mask = torch.ones_like(weight)
    mask[:, :, k_h // 2, k_w // 2 + (kind == "B") :] = 0
    mask[:, :, k_h // 2 + 1 :] = 0

    if x.shape[1] == weight.shape[0]:
        return F.conv2d(x, (weight * mask).diagonal().permute(2, 0, 1)[:, None], bias, padding=(k_h // 2, k_w // 2), groups=x.shape[1])
    return F.conv2d(x, weight * mask, bias, padding=(k_h // 2, k_w // 2))
