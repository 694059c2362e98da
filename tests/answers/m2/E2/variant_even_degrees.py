# Degrees spread evenly and rounded down: none is missed, since they step by one at most.
def made_masks(order, widths):
    D = len(order)
    place = order.argsort() + 1
    degrees = [place] + [torch.linspace(1, D - 1, w).long() for w in widths]
    masks = [(b[:, None] >= a[None]).float() for a, b in zip(degrees[:-1], degrees[1:])]
    return masks + [(place[:, None] > degrees[-1][None]).float()]
