# Degrees from 0 to D - 2 or D - 1, as units count from 0.
def made_masks(order, widths):
    D = len(order)
    place = order.argsort() + 1
    degrees = [place] + [torch.arange(w) % D for w in widths]
    masks = [(b[:, None] >= a[None]).float() for a, b in zip(degrees[:-1], degrees[1:])]
    return masks + [(place[:, None] > degrees[-1][None]).float()]
