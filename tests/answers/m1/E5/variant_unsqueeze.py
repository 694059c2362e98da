# Axes are added one by one; relu by clamp.
def film(h, gamma, beta):
    while gamma.ndim < h.ndim:
        gamma, beta = gamma.unsqueeze(-1), beta.unsqueeze(-1)
    return torch.addcmul(beta, gamma, h)


def film_block(x, condition, layer_1, modulation, layer_2):
    both = modulation(condition)
    m = both.shape[1] // 2
    h = film(layer_1(x), both[:, :m], both[:, m:])
    return layer_2(h.clamp(min=0)) + x
