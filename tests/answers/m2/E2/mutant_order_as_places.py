# Takes order[i] for the place of input i, not for the input at place i.
import itertools


def made_masks(order, widths):
    D = len(order)
    places = order + 1
    degrees = [places, *(torch.arange(width) % (D - 1) + 1 for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append((above[:, None] >= below).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*masks, last]
