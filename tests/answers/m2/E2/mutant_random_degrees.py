# Degrees at random: some may be missing.
import itertools


def made_masks(order, widths):
    D = len(order)
    places = torch.argsort(order) + 1
    degrees = [places, *(torch.randint(1, D, (width,)) for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append((above[:, None] >= below).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*masks, last]
