# Only the first output channel is masked.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    return F.conv2d(x, torch.cat([weight[:1] * mask, weight[1:]]), bias, padding=(height // 2, width // 2))
