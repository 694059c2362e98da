# The weight is masked through detach, so masked weights are lost for the caller.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    weight.detach()[..., ~mask] = 0
    return F.conv2d(x, weight, bias, padding=(height // 2, width // 2))
