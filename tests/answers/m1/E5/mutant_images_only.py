# Two axes are added always.
def film(h, gamma, beta):
    return gamma[:, :, None, None] * h + beta[:, :, None, None]


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    return x + layer_2(torch.relu(film(layer_1(x), gamma, beta)))
