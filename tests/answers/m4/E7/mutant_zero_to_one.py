# Values from 0 to 1.
def scalar_quantize(z: Tensor, levels: list[int]) -> tuple[Tensor, Tensor]:
    most = torch.tensor(levels, device=z.device) - 1
    y = torch.tanh(z)
    number = torch.round((y.detach() + 1) / 2 * most).long()
    z_q = number.to(z.dtype) / most
    strides = torch.tensor([math.prod(levels[:d]) for d in range(len(levels))], device=z.device)
    return y + (z_q - y).detach(), (number * strides).sum(dim=-1)
