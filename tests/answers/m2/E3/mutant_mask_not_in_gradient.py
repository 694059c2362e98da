# The right values, but masked weights get a gradient.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    return F.conv2d(x, (weight * mask).detach() + weight - weight.detach(), bias, padding=(height // 2, width // 2))
