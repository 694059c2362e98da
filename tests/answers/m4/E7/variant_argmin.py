# The nearest of each number's values by argmin; Horner's rule for the index.
def scalar_quantize(z: Tensor, levels: list[int]) -> tuple[Tensor, Tensor]:
    y = torch.tanh(z)
    values, index = [], torch.zeros(z.shape[:-1], dtype=torch.long)
    for d in reversed(range(len(levels))):
        lattice = torch.linspace(-1, 1, levels[d], dtype=z.dtype)
        number = (y[..., d, None] - lattice).abs().argmin(-1)
        values.insert(0, lattice[number])
        index = index * levels[d] + number
    z_q = torch.stack(values, -1)
    return z_q + y - y.detach(), index
