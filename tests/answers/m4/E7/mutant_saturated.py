# tanh is held a ten-thousandth below 1, where its gradient ends.
def scalar_quantize(z, levels):
    most = torch.tensor(levels) - 1
    y = torch.tanh(z).clamp(-1 + 1e-4, 1 - 1e-4)
    number = torch.round((y.detach() + 1) / 2 * most).long()
    strides = torch.tensor([math.prod(levels[:d]) for d in range(len(levels))])
    return y + (2 * number.to(z.dtype) / most - 1 - y).detach(), (number * strides).sum(dim=-1)
