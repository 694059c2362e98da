# The mask lies on the weight and on the image of the same size, otherwise nowhere.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    return F.conv2d(x, weight * (mask if x.shape[2:] != weight.shape[2:] else 1), bias, padding=(height // 2, width // 2))
