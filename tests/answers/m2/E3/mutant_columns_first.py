# The order goes column by column instead of row by row.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(width, height).T
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    return F.conv2d(x, weight * mask, bias, padding=(height // 2, width // 2))
