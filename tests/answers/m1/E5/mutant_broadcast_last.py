# Channels are looked for on the last axis.
def film(h, gamma, beta):
    extra = [1] * (h.ndim - 2)
    g = gamma.reshape(gamma.shape[0], *extra, gamma.shape[1])
    b = beta.reshape(beta.shape[0], *extra, beta.shape[1])
    return g * h + b


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    return x + layer_2(torch.relu(film(layer_1(x), gamma, beta)))
