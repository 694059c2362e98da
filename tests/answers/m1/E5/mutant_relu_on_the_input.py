# relu before the first layer too.
def film(h, gamma, beta):
    shape = (*gamma.shape, *[1] * (h.ndim - 2))
    return gamma.reshape(shape) * h + beta.reshape(shape)


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    return x + layer_2(torch.relu(film(layer_1(torch.relu(x)), gamma, beta)))
