# Divided by half the levels as a whole number, so even numbers of levels do not reach -1 and 1.
def scalar_quantize(z: Tensor, levels: list[int]) -> tuple[Tensor, Tensor]:
    size = torch.tensor(levels)
    half = (size - 1) / 2
    y = torch.tanh(z)
    number = torch.round(y.detach() * half + half).long()
    z_q = (number - half) / (size // 2)
    strides = torch.tensor([math.prod(levels[:d]) for d in range(len(levels))])
    return y + (z_q.to(z.dtype) - y).detach(), (number * strides).sum(dim=-1)
