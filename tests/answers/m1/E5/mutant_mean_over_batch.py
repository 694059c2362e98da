# All items share the batch's mean.
def film(h, gamma, beta):
    g, b = gamma.mean(0), beta.mean(0)
    shape = (1, -1, *[1] * (h.ndim - 2))
    return g.reshape(shape) * h + b.reshape(shape)


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    return x + layer_2(torch.relu(film(layer_1(x), gamma, beta)))
