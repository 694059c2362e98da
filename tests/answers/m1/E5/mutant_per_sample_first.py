# The first channel's factor for all channels.
def film(h, gamma, beta):
    g, b = gamma[:, 0], beta[:, 0]
    return g.reshape(-1, *[1] * (h.ndim - 1)) * h + b.reshape(-1, *[1] * (h.ndim - 1))


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    return x + layer_2(torch.relu(film(layer_1(x), gamma, beta)))
