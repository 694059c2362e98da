# The image is moved by one more pixel to the right for kind A, and the centre kept.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place <= centre
    if kind == "A":
        x = F.pad(x, (1, 0))[:, :, :, :-1]
    return F.conv2d(x, weight * mask, bias, padding=(height // 2, width // 2))
