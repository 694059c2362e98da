# Rows above are kept only up to the centre's column.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    mask = torch.zeros(height, width, dtype=weight.dtype)
    mask[: height // 2 + 1, : width // 2 + 1] = 1
    if kind == "A":
        mask[height // 2, width // 2] = 0
    return F.conv2d(x, weight * mask, bias, padding=(height // 2, width // 2))
