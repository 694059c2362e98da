# Rounded to float32.
def scalar_quantize(z: Tensor, levels: list[int]) -> tuple[Tensor, Tensor]:
    most = torch.tensor(levels, device=z.device) - 1
    y = torch.tanh(z)
    number = torch.round((y.detach() + 1) / 2 * most).long()
    z_q = 2 * number.to(z.dtype) / most - 1
    strides = torch.tensor([math.prod(levels[:d]) for d in range(len(levels))], device=z.device)
    return (y + (z_q - y).detach()).float(), (number * strides).sum(dim=-1)
