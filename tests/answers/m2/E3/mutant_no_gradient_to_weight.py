# The masked copy of the weight is cut off from the gradient.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    return F.conv2d(x, weight.detach() * mask, bias, padding=(height // 2, width // 2))
