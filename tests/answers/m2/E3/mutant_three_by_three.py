# The mask of a 3 x 3 kernel in the middle of every kernel.
def masked_conv(x, weight, bias, kind):
    height, width = weight.shape[2:]
    place = torch.arange(height * width).reshape(height, width)
    centre = height * width // 2
    mask = place < centre if kind == "A" else place <= centre
    rows, columns = ((torch.arange(size) - size // 2).abs() < 2 for size in (height, width))
    near = rows[:, None] & columns
    return F.conv2d(x, weight * near * mask, bias, padding=(height // 2, width // 2))
