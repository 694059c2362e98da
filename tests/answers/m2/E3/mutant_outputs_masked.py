# The output's lower and right part is set to zero instead of the kernel's.
def masked_conv(x, weight, bias, kind):
    _, _, height, width = weight.shape
    return F.conv2d(x, weight, bias, padding=(height // 2, width // 2)) * (torch.arange(x.shape[3]) <= x.shape[3] // 2)
