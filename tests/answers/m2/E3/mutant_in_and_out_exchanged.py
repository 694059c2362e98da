# The channels of the kernel exchanged, which runs where they are equally many.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    return F.conv2d(x, (weight.transpose(0, 1) if len(weight) == weight.shape[1] else weight) * mask, bias, padding=(height // 2, width // 2))
