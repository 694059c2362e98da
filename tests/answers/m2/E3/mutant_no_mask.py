# An ordinary convolution, nothing masked.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    return F.conv2d(x, weight, bias, padding=(height // 2, width // 2))
