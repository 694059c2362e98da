# The mask filled entry by entry.
def masked_conv(x, weight, bias, kind):
    k_h, k_w = weight.shape[2], weight.shape[3]
    mask = torch.zeros(k_h, k_w, dtype=weight.dtype)
    for i in range(k_h):
        for j in range(k_w):
            above = i < k_h // 2
            left = i == k_h // 2 and j < k_w // 2
            itself = i == k_h // 2 and j == k_w // 2 and kind == "B"
            if above or left or itself:
                mask[i, j] = 1
    return F.conv2d(x, weight * mask, bias, padding=(k_h // 2, k_w // 2))
