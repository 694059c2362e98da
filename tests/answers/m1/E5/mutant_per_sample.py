# One factor and one shift for each item.
def film(h, gamma, beta):
    (*gamma.shape, *[1] * (h.ndim - 2))
    return gamma.mean(1, keepdim=True).reshape(-1, *[1] * (h.ndim - 1)) * h + beta.mean(1, keepdim=True).reshape(-1, *[1] * (h.ndim - 1))


def film_block(x, condition, layer_1, modulation, layer_2):
    gamma, beta = modulation(condition).chunk(2, dim=1)
    return x + layer_2(torch.relu(film(layer_1(x), gamma, beta)))
