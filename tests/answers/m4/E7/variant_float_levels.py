# Levels as floating-point numbers, strides as whole ones.
def scalar_quantize(z, levels):
    top = torch.tensor([float(n - 1) for n in levels], dtype=z.dtype)
    y = torch.tanh(z)
    i = torch.round((y + 1) / 2 * top)
    code = 2 * i / top - 1
    z_q = y + (code - y).detach()
    numbers, stride = torch.zeros(z.shape[:-1], dtype=torch.int64), 1
    for d, n in enumerate(levels):
        numbers = numbers + i[..., d].long() * stride
        stride *= n
    return z_q, numbers
