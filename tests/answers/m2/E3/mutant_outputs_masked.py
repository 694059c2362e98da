# The output's lower and right part is set to zero instead of the kernel's.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    return F.conv2d(x, weight, bias, padding=(height // 2, width // 2)) * (torch.arange(x.shape[3]) <= x.shape[3] // 2)
