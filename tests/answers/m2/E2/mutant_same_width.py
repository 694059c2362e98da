# All hidden layers get the first width.
import itertools


def made_masks(order, widths):
    D = len(order)
    places = torch.argsort(order) + 1
    degrees = [places, *(torch.arange(width) % (D - 1) + 1 for width in widths)]
    masks = []
    for below, above in itertools.pairwise(degrees):
        masks.append((above[:, None] >= below).float())
    last = (places[:, None] > degrees[-1]).float()
    return [*[m[: widths[0], : (D if n == 0 else widths[0])] for n, m in enumerate(masks)], last[:, : widths[0]] if widths else last]
