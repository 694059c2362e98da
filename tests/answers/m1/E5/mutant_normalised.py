# The features are normalised first.
def film(h, gamma, beta):
    shape = (*gamma.shape, *[1] * (h.ndim - 2))
    h = (h - h.mean(1, keepdim=True)) / (h.std(1, keepdim=True, correction=0) + 1e-5)
    return gamma.reshape(shape) * h + beta.reshape(shape)


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    return x + layer_2(torch.relu(film(layer_1(x), gamma, beta)))
