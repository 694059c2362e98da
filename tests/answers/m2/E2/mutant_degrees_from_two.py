# Degrees cycle from the largest down: the smallest are missing where widths are small.
import itertools


def made_masks(order, widths):
    D = len(order)
    places = torch.argsort(order) + 1
    degrees = [places, *(D - torch.arange(width) % D for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append((above[:, None] >= below).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*masks, last]
