# The whole row of the centre is kept, the pixels to the right too.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < (height // 2 + 1) * width
    return F.conv2d(x, weight * (mask & (place != centre) if kind == "A" else mask), bias, padding=(height // 2, width // 2))
