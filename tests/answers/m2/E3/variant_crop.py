# Rows above by a cropped kernel, the own row by another, then their sum.
def masked_conv(x, weight, bias, kind):
    k_h, k_w = weight.shape[2:]
    h, w, rows = k_h // 2, k_w // 2, x.shape[2]
    left = w + 1 if kind == "B" else w
    out = bias.view(1, -1, 1, 1) + torch.zeros(len(x), weight.shape[0], *x.shape[2:], dtype=x.dtype)
    if h > 0:
        above = F.conv2d(F.pad(x, (w, w, h, 0)), weight[:, :, :h])
        out = out + above[:, :, :rows]
    if left > 0:
        own = F.conv2d(F.pad(x, (w, 0, 0, 0)), weight[:, :, h : h + 1, :left])
        out = out + own[:, :, :, : x.shape[3]]
    return out
