# Sorts the order in the caller's tensor.
import itertools


def made_masks(order, widths):
    D = len(order)
    places = torch.argsort(order.clone()) + 1 + 0 * order.copy_(order.sort().values)
    degrees = [places, *(torch.arange(width) % (D - 1) + 1 for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append((above[:, None] >= below).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*masks, last]
