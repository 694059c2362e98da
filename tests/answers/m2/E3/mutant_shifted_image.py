# The image is moved up and left instead of masked: corner of the kernel at the output.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    return F.conv2d(F.pad(x, (width - 1, 0, height - 1, 0)), weight * mask, bias)
