# By einsum and a loop over items.
def film(h, gamma, beta):
    scaled = torch.einsum("bc,bc...->bc...", gamma, h)
    return torch.stack([item + shift.view(-1, *[1] * (item.ndim - 1)) for item, shift in zip(scaled, beta, strict=False)])


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = torch.tensor_split(modulation(condition), 2, dim=1)
    change = film(layer_1(x), gamma, beta)
    return x.clone() + layer_2(change * (change > 0))
