# γ and β are read alternately.
def film(h, gamma, beta):
    shape = (*gamma.shape, *[1] * (h.ndim - 2))
    return gamma.reshape(shape) * h + beta.reshape(shape)


def film_block(x, condition, layer_1, modulation, layer_2):
    both = modulation(condition)
    return x + layer_2(torch.relu(film(layer_1(x), both[:, ::2], both[:, 1::2])))
