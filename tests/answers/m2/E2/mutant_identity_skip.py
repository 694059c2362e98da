# The first unit of each layer passes its own input on, whatever its place.
import itertools


def made_masks(order, widths):
    D = len(order)
    places = torch.argsort(order) + 1
    degrees = [places, *(torch.arange(width) % (D - 1) + 1 for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append(((above[:, None] >= below) | torch.eye(len(above), len(below), dtype=torch.bool)).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*masks, last]
