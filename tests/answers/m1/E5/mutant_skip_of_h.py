# The skip goes around the second layer only, where it fits.
def film(h, gamma, beta):
    shape = (*gamma.shape, *[1] * (h.ndim - 2))
    return gamma.reshape(shape) * h + beta.reshape(shape)


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    h = torch.relu(film(layer_1(x), gamma, beta))
    return h + layer_2(h) if h.shape == x.shape else x + layer_2(h)
