# The halves are cut at the number of channels of x.
def film(h, gamma, beta):
    shape = (*gamma.shape, *[1] * (h.ndim - 2))
    return gamma.reshape(shape) * h + beta.reshape(shape)


def film_block(x, condition, layer_1, modulation, layer_2):
    both = modulation(condition)
    c = x.shape[1]
    return x + layer_2(torch.relu(film(layer_1(x), both[:, :c], both[:, c:])))
