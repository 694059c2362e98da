# Inputs of later channels are masked at the centre, as for colours.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    mask = mask.repeat(*weight.shape[:2], 1, 1)
    if kind == "B":
        mask[:, :, height // 2, width // 2] &= torch.ones(weight.shape[:2], dtype=torch.bool).tril()
    return F.conv2d(x, weight * mask, bias, padding=(height // 2, width // 2))
