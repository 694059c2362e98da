# view instead of reshape.
def film(h, gamma, beta):
    shape = (*gamma.shape, *[1] * (h.ndim - 2))
    return (gamma.view(shape) * h.view(h.shape[0], -1).view(h.shape)) + beta.view(shape)


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    return x + layer_2(torch.relu(film(layer_1(x), gamma, beta)))
