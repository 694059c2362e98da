# The channels are moved to the end, and batches to the front of all.
def film(h, gamma, beta):
    moved = h.movedim((0, 1), (-2, -1))
    return (moved * gamma + beta).movedim((-2, -1), (0, 1))


def film_block(x, condition, layer_1, modulation, layer_2):
    both = modulation(condition)
    half = both.size(1) // 2
    h = layer_1(x)
    scale = both[:, :half].reshape(len(x), half, *[1] * (h.dim() - 2))
    shift = both[:, half:].reshape(len(x), half, *[1] * (h.dim() - 2))
    return layer_2(F.relu(h * scale + shift)) + x
