# Half widths and rounding of the bounded number, cumulative product of the levels.
def scalar_quantize(z: Tensor, levels: list[int]) -> tuple[Tensor, Tensor]:
    size = torch.tensor(levels)
    half = (size.to(z.dtype) - 1) / 2
    bounded = z.tanh() * half
    digits = (bounded + half).round()
    rounded = digits - half
    z_q = (bounded + (rounded - bounded).detach()) / half
    basis = torch.cumprod(torch.cat([torch.ones(1, dtype=torch.long), size[:-1]]), 0)
    return z_q, (digits.detach().long() * basis).sum(-1)
