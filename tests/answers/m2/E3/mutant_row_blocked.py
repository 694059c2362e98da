# The whole row of the centre is masked but for the centre of kind B.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < height // 2 * width
    return F.conv2d(x, weight * (mask | (place == centre) if kind == "B" else mask), bias, padding=(height // 2, width // 2))
