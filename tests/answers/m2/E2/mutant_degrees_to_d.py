# Degrees cycle through 1 to D: the last of them is missing in narrow layers that follow wide ones, or carries nothing.
import itertools


def made_masks(order, widths):
    D = len(order)
    places = torch.argsort(order) + 1
    degrees = [places, *((torch.arange(width) % D + 2).clamp(max=D) for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append((above[:, None] >= below).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*masks, last]
