# All hidden units have degree 1.
import itertools


def made_masks(order, widths):
    len(order)
    places = torch.argsort(order) + 1
    degrees = [places, *(torch.ones(width, dtype=torch.long) for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append((above[:, None] >= below).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*masks, last]
