# The mask is written into the argument weight.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    with torch.no_grad():
        weight *= mask
    return F.conv2d(x, weight, bias, padding=(height // 2, width // 2))
