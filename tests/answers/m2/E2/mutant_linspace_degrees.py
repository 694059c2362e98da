# Degrees by rounding a grid: some fall together in narrow layers.
import itertools


def made_masks(order, widths):
    D = len(order)
    places = torch.argsort(order) + 1
    degrees = [places, *(torch.linspace(1, D - 1, width + 1).long()[:width] for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append((above[:, None] >= below).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*masks, last]
